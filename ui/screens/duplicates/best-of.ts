import type { AssetResponse } from '#contract/assets';

/** What a photo has before the others of its group. */
export type Strength = 'bytes' | 'pixels' | 'oldest';

type Candidate = Pick<AssetResponse, 'id' | 'width' | 'height' | 'localDateTime' | 'exifInfo'>;

/** Which photos of a group are the largest file, have the most pixels, and are the oldest; what all share is none. */
export function bestOf(assets: readonly Candidate[]): ReadonlyMap<string, readonly Strength[]> {
  const values: Record<Strength, (asset: Candidate) => number> = {
    bytes: ({ exifInfo }) => exifInfo?.fileSizeInByte ?? 0,
    pixels: ({ width, height }) => (width ?? 0) * (height ?? 0),
    oldest: ({ localDateTime }) => -Date.parse(localDateTime),
  };
  const best = new Map<string, Strength[]>();
  for (const strength of Object.keys(values) as Strength[]) {
    const of = assets.map(values[strength]);
    const most = Math.max(...of);
    if (of.every((value) => value === most)) continue;
    assets.forEach(({ id }, index) => {
      if (of[index] === most) best.set(id, [...(best.get(id) ?? []), strength]);
    });
  }
  return best;
}
