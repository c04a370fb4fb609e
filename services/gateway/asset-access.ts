import type { Viewer } from '#catalog/access';
import type { Queries } from '#catalog/queries';
import type { AlbumRole } from '#contract/albums';
import { Problem } from '#contract/problems';
import type { Scope } from '#contract/scopes';
import { type Caller, isElevated } from './caller.ts';
import type { GatewayParts } from './parts.ts';

/** The caller as the catalog's access rules see them. */
export const viewerOf = (caller: Caller, now: number): Viewer =>
  caller.kind === 'share'
    ? { userId: caller.link.id, isElevated: 0, linkId: caller.link.id }
    : { userId: caller.user.id, isElevated: isElevated(caller, now) ? 1 : 0 };

/** Ids as we store them, each once. */
export const uniqueIds = (ids: readonly string[]): string[] => [
  ...new Set(ids.map((id) => id.toLowerCase())),
];

/** Refuses the whole call unless the caller may see every one of these assets; returns them, each once. */
export function requireReadable(
  { queries, now }: GatewayParts,
  caller: Caller,
  ids: readonly string[],
  scope: Scope,
): string[] {
  const unique = uniqueIds(ids);
  if (queries.access.listReadable(viewerOf(caller, now()), unique).size !== unique.length)
    throw new Problem('not_found_or_no_access', { scope });
  return unique;
}

/** Refuses the whole call unless every one of these assets is the caller's own; returns them, each once. */
export function requireOwned(
  { queries, now }: GatewayParts,
  caller: Caller,
  ids: readonly string[],
  scope: Scope,
): string[] {
  const unique = uniqueIds(ids);
  if (queries.access.listOwned(viewerOf(caller, now()), unique).size !== unique.length)
    throw new Problem('not_found_or_no_access', { scope });
  return unique;
}

const RANKS: Record<AlbumRole, number> = { viewer: 1, editor: 2, owner: 3 };

/** Refuses unless the caller is at least this in the album; returns what they are. */
export function requireAlbumRole(
  { queries }: GatewayParts,
  caller: Caller,
  albumId: string,
  atLeast: AlbumRole,
  scope: Scope,
): AlbumRole {
  const role = albumRoleOf(queries, caller, albumId);
  if (!role || RANKS[role] < RANKS[atLeast]) throw new Problem('not_found_or_no_access', { scope });
  return role;
}

/** Guests of an album's link look, and nothing else; of other albums they know nothing. */
function albumRoleOf(queries: Queries, caller: Caller, albumId: string): AlbumRole | undefined {
  if (caller.kind !== 'share') return queries.access.findAlbumRole(albumId, caller.user.id);
  return caller.link.albumId === albumId ? 'viewer' : undefined;
}

/** Refuses guests whose link does not hand out originals; one that hides metadata never does. */
export function requireDownload(caller: Caller): void {
  if (!mayDownload(caller)) throw new Problem('not_found_or_no_access', { scope: 'asset.download' });
}

export const mayDownload = (caller: Caller): boolean =>
  caller.kind !== 'share' || (caller.link.allowDownload === 1 && caller.link.showMetadata === 1);

/** Whether somebody is a guest of a link that hides what is known of its photos. */
export const hidesMetadata = (caller: Caller): boolean =>
  caller.kind === 'share' && caller.link.showMetadata !== 1;

/** Looking into the locked folder needs its PIN, asked for not long ago. */
export function requireElevationFor(visibility: string | undefined, caller: Caller, now: number): void {
  if (visibility === 'locked' && !isElevated(caller, now)) throw new Problem('elevation_required');
}
