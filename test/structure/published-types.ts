import type * as published from '@immich/sdk';
import type { ActivityResponse } from '#contract/activities';
import type { AlbumResponse } from '#contract/albums';
import type { AssetResponse, AssetStatistics, UploadCheckResponse } from '#contract/assets';
import type { CalendarHeatmap } from '#contract/calendar';
import type { DownloadInfo } from '#contract/download';
import type { AssetEdits } from '#contract/edits';
import type { NotificationResponse } from '#contract/notifications';
import type { PartnerResponse } from '#contract/partners';
import type { QueueStates } from '#contract/queues';
import type { Explore, SearchFilters, SearchResponse } from '#contract/search';
import type { SharedLinkResponse } from '#contract/shared-links';
import type { StackResponse } from '#contract/stacks';
import type { MapMarker, TimelineBucket, TimelineBuckets } from '#contract/timeline';

/** A published type as it is on the wire: enums are their texts. */
type Wire<Type> = Type extends string
  ? `${Type}`
  : Type extends readonly (infer Item)[]
    ? Wire<Item>[]
    : Type extends object
      ? { [Key in keyof Type]: Wire<Type[Key]> }
      : Type;

/** Does not compile unless every answer of type Ours is one that clients of type Theirs can read. */
type Fits<Ours extends Wire<Theirs>, Theirs> = Ours;

/**
 * Each answer beside the published type that clients read it as. There is nothing to run here: the type check
 * is the test.
 */
export type Answers = [
  Fits<AssetResponse, published.AssetResponseDto>,
  Fits<AssetStatistics, published.AssetStatsResponseDto>,
  Fits<UploadCheckResponse, published.AssetBulkUploadCheckResponseDto>,
  Fits<AlbumResponse, published.AlbumResponseDto>,
  Fits<StackResponse, published.StackResponseDto>,
  Fits<SearchResponse, published.SearchResponseDto>,
  Fits<Explore, published.SearchExploreResponseDto[]>,
  Fits<TimelineBuckets, published.TimeBucketsResponseDto[]>,
  Fits<TimelineBucket, published.TimeBucketAssetResponseDto>,
  Fits<MapMarker, published.MapMarkerResponseDto>,
  Fits<DownloadInfo, published.DownloadResponseDto>,
  Fits<AssetEdits, published.AssetEditsResponseDto>,
  Fits<NotificationResponse, published.NotificationDto>,
  Fits<CalendarHeatmap, published.CalendarHeatmapResponseDto>,
  Fits<SharedLinkResponse, published.SharedLinkResponseDto>,
  Fits<PartnerResponse, published.PartnerResponseDto>,
  Fits<ActivityResponse, published.ActivityResponseDto>,
  Fits<QueueStates, published.QueuesResponseLegacyDto>,
];

/** Does not compile unless there is nothing in it. */
type Nothing<Some extends never> = Some;

/** Filters that clients can send and we would not know: none but those for the next page. */
export type Unknown = Nothing<
  Exclude<
    keyof published.MetadataSearchDto,
    keyof SearchFilters | 'page' | 'size' | 'order' | 'cursor' | 'orderBy'
  >
>;
