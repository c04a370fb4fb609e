import type { AlbumMember, AlbumRow } from '#catalog/albums';
import type { AlbumResponse } from '#contract/albums';
import { isoInstant } from '#contract/primitives';
import type { GatewayParts } from './parts.ts';
import { userResponse } from './user-response.ts';

/** Albums as contract §8.1 writes them for this viewer, who is a member of each. */
export function albumResponses(
  { queries }: GatewayParts,
  albums: readonly AlbumRow[],
  viewerId: string,
): AlbumResponse[] {
  const membersOf = Map.groupBy(
    queries.albums.listMembers(albums.map(({ id }) => id)),
    ({ albumId }) => albumId,
  );
  const linked = queries.sharedLinks.listLinkedAlbums(albums.map(({ id }) => id));
  const users = new Map<string, ReturnType<typeof userResponse>>();
  const findUser = (id: string) => {
    // Members are rows of user by foreign key, so each is there.
    const user = users.get(id) ?? userResponse(queries.users.findById(id)!);
    users.set(id, user);
    return user;
  };
  const rank = (member: AlbumMember) => (member.role === 'owner' ? 0 : member.userId === viewerId ? 1 : 2);

  return albums.map((album) => {
    const members = (membersOf.get(album.id) ?? [])
      .map((member) => ({ member, user: findUser(member.userId) }))
      .sort(
        (a, b) =>
          rank(a.member) - rank(b.member) ||
          a.user.name.localeCompare(b.user.name) ||
          (a.user.id < b.user.id ? -1 : 1),
      );
    const response: AlbumResponse = {
      id: album.id,
      albumName: album.name,
      description: album.description,
      albumThumbnailAssetId: album.coverAssetId,
      createdAt: isoInstant(album.createdAt),
      updatedAt: isoInstant(album.updatedAt),
      albumUsers: members.map(({ member, user }) => ({ user, role: member.role })),
      shared: members.length > 1 || linked.has(album.id),
      hasSharedLink: linked.has(album.id),
      assetCount: album.assetCount,
      isActivityEnabled: album.isActivityEnabled === 1,
      order: album.sortOrder,
    };
    if (album.firstLocalAt !== null) response.startDate = isoInstant(album.firstLocalAt);
    if (album.lastLocalAt !== null) response.endDate = isoInstant(album.lastLocalAt);
    if (album.lastUpdatedAt !== null) response.lastModifiedAssetTimestamp = isoInstant(album.lastUpdatedAt);
    return response;
  });
}

/** Albums of more photos than this are looked through on the reader's thread: here it would take milliseconds. */
const MANY_ASSETS = 500;

/** Where to ask about all that is in an album. */
const whereToAsk = ({ queries, reader }: GatewayParts, albumId: string) =>
  queries.albums.isLargerThan(albumId, MANY_ASSETS) ? reader.albums : queries.albums;

/** The album with the number and the dates of its photos. */
export async function readAlbum(parts: GatewayParts, albumId: string): Promise<AlbumRow | undefined> {
  return whereToAsk(parts, albumId).findById(albumId);
}

/** One album, with who gave how many photos when it is shared. */
export async function albumResponse(
  parts: GatewayParts,
  album: AlbumRow,
  viewerId: string,
): Promise<AlbumResponse> {
  const response = albumResponses(parts, [album], viewerId)[0]!;
  if (response.albumUsers.length > 1)
    response.contributorCounts = await whereToAsk(parts, album.id).listContributors(album.id);
  return response;
}
