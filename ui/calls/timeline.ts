import type { TimelineBucket, TimelineBuckets, TimelineQuery } from '#contract/timeline';
import type { Api } from '../api.ts';
import type { GridAsset } from '../photo-source.ts';

/** One month of a timeline: its first day (`2024-05-01`) and how many assets it holds. */
export type MonthCount = TimelineBuckets[number];

/** Which photos a timeline shows; the server's own names. */
export type TimelineFilter = Pick<
  TimelineQuery,
  | 'albumId'
  | 'personId'
  | 'tagId'
  | 'userId'
  | 'visibility'
  | 'isFavorite'
  | 'isTrashed'
  | 'withStacked'
  | 'withPartners'
  | 'order'
  | 'bbox'
>;

/** Newest month first, unless the filter says otherwise. */
export function listMonths(api: Api, filter: TimelineFilter): Promise<MonthCount[]> {
  return api.get('/timeline/buckets', filter);
}

/** All assets of the month that begins on `timeBucket`. */
export async function readMonth(api: Api, filter: TimelineFilter, timeBucket: string): Promise<GridAsset[]> {
  return readColumns(await api.get('/timeline/bucket', { ...filter, timeBucket }));
}

/** One object per asset, from equally long columns. */
function readColumns(columns: TimelineBucket): GridAsset[] {
  return columns.id.map((id, index) => ({
    id,
    ownerId: columns.ownerId[index] ?? '',
    ratio: columns.ratio[index] || 1,
    isImage: columns.isImage[index] ?? true,
    isFavorite: columns.isFavorite[index] ?? false,
    thumbhash: columns.thumbhash[index] ?? null,
    fileCreatedAt: columns.fileCreatedAt[index] ?? '',
    localOffsetHours: columns.localOffsetHours[index] ?? 0,
    durationMs: columns.duration[index] ?? null,
    livePhotoVideoId: columns.livePhotoVideoId[index] ?? null,
    stackCount: Number(columns.stack?.[index]?.[1] ?? 0),
  }));
}
