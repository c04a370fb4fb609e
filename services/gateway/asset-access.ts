import type { Viewer } from '#catalog/access';
import type { AlbumRole } from '#contract/albums';
import { Problem } from '#contract/problems';
import type { Scope } from '#contract/scopes';
import { type Caller, isElevated } from './caller.ts';
import type { GatewayParts } from './parts.ts';

/** The caller as the catalog's access rules see them. */
export const viewerOf = (caller: Caller, now: number): Viewer => ({
  userId: caller.user.id,
  isElevated: isElevated(caller, now) ? 1 : 0,
});

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
  const role = queries.access.findAlbumRole(albumId, caller.user.id);
  if (!role || RANKS[role] < RANKS[atLeast]) throw new Problem('not_found_or_no_access', { scope });
  return role;
}

/** Looking into the locked folder needs its PIN, asked for not long ago. */
export function requireElevationFor(visibility: string | undefined, caller: Caller, now: number): void {
  if (visibility === 'locked' && !isElevated(caller, now)) throw new Problem('elevation_required');
}
