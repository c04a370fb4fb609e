import type * as published from '@immich/sdk';
import type { Static } from 'typebox';
import type * as activities from '#contract/activities';
import type * as albums from '#contract/albums';
import type * as apiKeys from '#contract/api-keys';
import type * as assets from '#contract/assets';
import type * as auth from '#contract/auth';
import type * as calendar from '#contract/calendar';
import type * as download from '#contract/download';
import type * as duplicates from '#contract/duplicates';
import type * as edits from '#contract/edits';
import type * as faces from '#contract/faces';
import type * as libraries from '#contract/libraries';
import type * as memories from '#contract/memories';
import type * as notifications from '#contract/notifications';
import type * as partners from '#contract/partners';
import type * as people from '#contract/people';
import type * as preferences from '#contract/preferences';
import type * as primitives from '#contract/primitives';
import type * as queues from '#contract/queues';
import type * as search from '#contract/search';
import type * as server from '#contract/server';
import type * as sessions from '#contract/sessions';
import type * as sharedLinks from '#contract/shared-links';
import type * as stacks from '#contract/stacks';
import type * as systemConfig from '#contract/system-config';
import type * as tags from '#contract/tags';
import type * as timeline from '#contract/timeline';
import type * as users from '#contract/users';
import type { syncAsset, syncExif } from '../../services/gateway/asset-events.ts';

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

type Permitted = 'permissions' | 'apiKey';

/**
 * Each answer beside the published type that clients read it as. There is nothing to run here: the type check
 * is the test.
 */
export type Answers = [
  Fits<activities.ActivityResponse, published.ActivityResponseDto>,
  Fits<Static<typeof activities.ActivityStatistics>, published.ActivityStatisticsResponseDto>,
  Fits<albums.AlbumResponse, published.AlbumResponseDto>,
  Fits<albums.AlbumsAddAssetsResponse, published.AlbumsAddAssetsResponseDto>,
  Fits<Static<typeof albums.AlbumStatistics>, published.AlbumStatisticsResponseDto>,
  // Scopes that are not known are kept as they came (contract §2.7).
  Fits<
    Omit<Static<typeof apiKeys.ApiKeyResponse>, 'permissions'>,
    Omit<published.ApiKeyResponseDto, 'permissions'>
  >,
  Fits<
    Omit<Static<typeof apiKeys.ApiKeyCreateResponse>, Permitted>,
    Omit<published.ApiKeyCreateResponseDto, Permitted>
  >,
  Fits<assets.AssetResponse, published.AssetResponseDto>,
  Fits<assets.AssetStatistics, published.AssetStatsResponseDto>,
  Fits<Static<typeof assets.TrashResponse>, published.TrashResponseDto>,
  Fits<Static<typeof assets.UploadResponse>, published.AssetMediaResponseDto>,
  Fits<assets.UploadCheckResponse, published.AssetBulkUploadCheckResponseDto>,
  Fits<assets.AssetMetadataRow, published.AssetMetadataResponseDto>,
  Fits<assets.AssetMetadataBulkRow, published.AssetMetadataBulkResponseDto>,
  Fits<Static<typeof auth.LoginResponse>, published.LoginResponseDto>,
  Fits<Static<typeof auth.LogoutResponse>, published.LogoutResponseDto>,
  Fits<Static<typeof auth.TokenValidity>, published.ValidateAccessTokenResponseDto>,
  Fits<Static<typeof auth.AuthStatus>, published.AuthStatusResponseDto>,
  Fits<calendar.CalendarHeatmap, published.CalendarHeatmapResponseDto>,
  Fits<download.DownloadInfo, published.DownloadResponseDto>,
  Fits<duplicates.DuplicateGroup, published.DuplicateResponseDto>,
  Fits<edits.AssetEdits, published.AssetEditsResponseDto>,
  Fits<faces.FaceResponse, published.AssetFaceResponseDto>,
  Fits<libraries.LibraryResponse, published.LibraryResponseDto>,
  Fits<libraries.LibraryStatistics, published.LibraryStatsResponseDto>,
  Fits<libraries.LibraryValidation, published.ValidateLibraryResponseDto>,
  Fits<memories.MemoryResponse, published.MemoryResponseDto>,
  Fits<Static<typeof memories.MemoryStatistics>, published.MemoryStatisticsResponseDto>,
  Fits<notifications.NotificationResponse, published.NotificationDto>,
  Fits<partners.PartnerResponse, published.PartnerResponseDto>,
  Fits<people.PersonResponse, published.PersonResponseDto>,
  Fits<Static<typeof people.PeopleResponse>, published.PeopleResponseDto>,
  Fits<Static<typeof people.PersonStatistics>, published.PersonStatisticsResponseDto>,
  Fits<preferences.Preferences, published.UserPreferencesResponseDto>,
  Fits<Static<typeof primitives.BulkIdResult>, published.BulkIdResponseDto>,
  Fits<queues.QueueStates, published.QueuesResponseLegacyDto>,
  Fits<queues.QueueState, published.QueueResponseLegacyDto>,
  Fits<queues.QueueSummary, published.QueueResponseDto>,
  Fits<search.SearchResponse, published.SearchResponseDto>,
  Fits<Static<typeof search.SearchStatistics>, published.SearchStatisticsResponseDto>,
  Fits<search.Explore, published.SearchExploreResponseDto[]>,
  Fits<Static<typeof server.About>, published.ServerAboutResponseDto>,
  Fits<Static<typeof server.ApkLinks>, published.ServerApkLinksDto>,
  Fits<server.Features, published.ServerFeaturesDto>,
  Fits<Static<typeof server.MediaTypes>, published.ServerMediaTypesResponseDto>,
  Fits<Static<typeof server.Ping>, published.ServerPingResponse>,
  Fits<Static<typeof server.ProtocolVersion>, published.ServerVersionResponseDto>,
  Fits<Static<typeof server.PublicConfig>, published.PublicConfigDto>,
  Fits<Static<typeof server.ServerConfig>, published.ServerConfigDto>,
  Fits<Static<typeof server.Statistics>, published.ServerStatsResponseDto>,
  Fits<Static<typeof server.Storage>, published.ServerStorageResponseDto>,
  Fits<Static<typeof server.UserConfig>, published.UserConfigDto>,
  Fits<Static<typeof server.VersionCheck>, published.VersionCheckStateResponseDto>,
  Fits<Static<typeof server.VersionHistory>, published.ServerVersionHistoryResponseDto[]>,
  Fits<Static<typeof sessions.SessionResponse>, published.SessionResponseDto>,
  Fits<Static<typeof sessions.SessionCreateResponse>, published.SessionCreateResponseDto>,
  Fits<sharedLinks.SharedLinkResponse, published.SharedLinkResponseDto>,
  Fits<sharedLinks.SharedLinkAssetsResponse, published.AssetIdsResponseDto[]>,
  Fits<stacks.StackResponse, published.StackResponseDto>,
  Fits<ReturnType<typeof syncAsset>, published.SyncAssetV2>,
  Fits<ReturnType<typeof syncExif>, published.SyncAssetExifV1>,
  Fits<Static<typeof systemConfig.StorageTemplateOptions>, published.SystemConfigTemplateStorageOptionDto>,
  Fits<tags.TagResponse, published.TagResponseDto>,
  Fits<Static<typeof tags.TagsAssetsResponse>, published.TagBulkAssetsResponseDto>,
  Fits<timeline.MapMarker, published.MapMarkerResponseDto>,
  Fits<timeline.TimelineBucket, published.TimeBucketAssetResponseDto>,
  Fits<timeline.TimelineBuckets, published.TimeBucketsResponseDto[]>,
  Fits<Static<typeof users.AssetCounts>, published.AssetStatsResponseDto>,
  Fits<Static<typeof users.Onboarding>, published.OnboardingResponseDto>,
  Fits<Static<typeof users.ProfileImageResponse>, published.CreateProfileImageResponseDto>,
  Fits<users.UserAdminResponse, published.UserAdminResponseDto>,
  Fits<users.UserResponse, published.UserResponseDto>,
];

/** Does not compile unless there is nothing in it. */
type Nothing<Some extends never> = Some;

/** Filters that clients can send and we would not know: none but those for the next page. */
export type Unknown = Nothing<
  Exclude<
    keyof published.MetadataSearchDto,
    keyof search.SearchFilters | 'page' | 'size' | 'order' | 'cursor' | 'orderBy'
  >
>;
