import type { AlbumResponse } from '#contract/albums';
import { locale } from '../../locale.ts';

export const ALBUM_SORTS = ['changed', 'newest', 'oldest', 'name', 'size'] as const;
export type AlbumSort = (typeof ALBUM_SORTS)[number];

export const ALBUM_KINDS = ['all', 'mine', 'shared'] as const;
/** `mine` are those one owns, `shared` those of others. */
export type AlbumKind = (typeof ALBUM_KINDS)[number];

export interface AlbumWishes {
  kind: AlbumKind;
  sort: AlbumSort;
  /** Part of the name; empty for all. */
  words: string;
}

/** Whose album it is. Every album has an owner, who is named first. */
export function ownerOf({
  albumUsers,
}: AlbumResponse): AlbumResponse['albumUsers'][number]['user'] | undefined {
  return albumUsers.find(({ role }) => role === 'owner')?.user;
}

/** What somebody may do in an album. */
export function roleOf({ albumUsers }: AlbumResponse, userId: string): 'owner' | 'editor' | 'viewer' {
  return albumUsers.find(({ user }) => user.id === userId)?.role ?? 'viewer';
}

/** Those that fit the wishes, in their order. Albums without photos have no dates and stand last. */
export function pickAlbums(
  albums: readonly AlbumResponse[],
  userId: string,
  { kind, sort, words }: AlbumWishes,
): AlbumResponse[] {
  const wanted = words.trim().toLocaleLowerCase(locale);
  const fitting = albums.filter((album) => {
    const isMine = ownerOf(album)?.id === userId;
    if (kind !== 'all' && isMine !== (kind === 'mine')) return false;
    return `${album.albumName} ${album.description}`.toLocaleLowerCase(locale).includes(wanted);
  });
  return fitting.sort((a, b) => COMPARE[sort](a, b) || byName(a, b));
}

const byName = (a: AlbumResponse, b: AlbumResponse) =>
  a.albumName.localeCompare(b.albumName, locale, { numeric: true, sensitivity: 'base' });
/** Dates are ISO 8601 in UTC, so they sort as text; what has none comes last. */
const latestFirst = (a = '', b = '') => (a < b ? 1 : a > b ? -1 : 0);
const earliestFirst = (a = '9', b = '9') => (a < b ? -1 : a > b ? 1 : 0);

const COMPARE: Record<AlbumSort, (a: AlbumResponse, b: AlbumResponse) => number> = {
  changed: (a, b) => latestFirst(a.updatedAt, b.updatedAt),
  newest: (a, b) => latestFirst(a.endDate, b.endDate),
  oldest: (a, b) => earliestFirst(a.startDate, b.startDate),
  name: byName,
  size: (a, b) => b.assetCount - a.assetCount,
};
