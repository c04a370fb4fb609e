import type { Store } from './store.ts';

/** What a grid needs to know of an asset. */
export interface GridAsset {
  id: string;
  /** Empty when the list it comes from does not say. */
  ownerId: string;
  /** Width by height as displayed; 1 when unknown. */
  ratio: number;
  isImage: boolean;
  isFavorite: boolean;
  /** Base64; null until the thumbnail exists. */
  thumbhash: string | null;
  /** Instant of capture, ISO 8601 in UTC. */
  fileCreatedAt: string;
  localOffsetHours: number;
  durationMs: number | null;
  /** The few seconds around a live photo; null for ordinary ones. */
  livePhotoVideoId: string | null;
  /** Photos in the stack that this one stands for; 0 without a stack. */
  stackCount: number;
  /** Why it is in this list, such as where the words of a search were found; written at the foot of its tile. */
  note?: string;
}

/** A stretch of a grid: a month of the timeline, or all that a search found. */
export interface PhotoGroup {
  /** First day of the month, `2024-05-01`, for a source by months; any name of its own otherwise. */
  key: string;
  /** What is written above its photos; absent for months, whose names the grid knows, and for plain lists. */
  title?: string;
  count: number;
  /** Undefined until the group came near the screen. Kept while a newer list is fetched. */
  assets?: readonly GridAsset[];
  /** The list is missing or out of date. */
  isStale: boolean;
  /** Why the last fetch failed, in words. */
  problem?: string;
}

export interface PhotoSourceState {
  /** Undefined until the first answer, in the order they are shown. */
  groups?: readonly PhotoGroup[];
  /** Why the list of groups could not be fetched, in words. */
  problem?: string;
}

/** Where a grid and the viewer above it get their photos: a timeline, an album, what a search found. */
export interface PhotoSource {
  state: Store<PhotoSourceState>;
  /** Whether its groups are months, whose names and days the grid writes above the photos. */
  isByMonth: boolean;
  /** Fetches a group that is missing or stale; does nothing when that is under way or failed. */
  ensure: (key: string) => void;
  /** Fetches a group again after it failed. */
  retry: (key: string) => void;
  /**
   * Lets go of lists far from these groups when very many are kept; they are fetched again when they are needed.
   * A source that holds one list anyway does nothing.
   */
  keepNear: (keys: readonly string[]) => void;
  /** Fetches the list of groups; `'all'` distrusts every list, a set those of the months in it. */
  refresh: (changed: ReadonlySet<string> | 'all') => Promise<void>;
}

/** The assets before (newer) and after (older) one; undefined at the ends and where a group is not fetched yet. */
export function findNeighbours(
  groups: readonly PhotoGroup[],
  id: string,
): { newer?: GridAsset; older?: GridAsset } {
  const at = groups.findIndex((group) => group.assets?.some((asset) => asset.id === id));
  const assets = groups[at]?.assets;
  if (!assets) return {};
  const index = assets.findIndex((asset) => asset.id === id);
  const neighbours: { newer?: GridAsset; older?: GridAsset } = {};
  const newer = assets[index - 1] ?? groups[at - 1]?.assets?.at(-1);
  const older = assets[index + 1] ?? groups[at + 1]?.assets?.[0];
  if (newer) neighbours.newer = newer;
  if (older) neighbours.older = older;
  return neighbours;
}

/** An asset that some group holds already. */
export function findAsset(groups: readonly PhotoGroup[], id: string): GridAsset | undefined {
  for (const { assets } of groups) {
    const asset = assets?.find((candidate) => candidate.id === id);
    if (asset) return asset;
  }
  return undefined;
}
