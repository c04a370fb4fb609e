import type { SyncFeed } from '#catalog/sync-feeds';

/** What is shared with the user and, when it came late, has to be filled in from before. */
export type Sharing = 'albums' | 'partners';

/** A step of the stream: one kind of line, and where its rows come from. */
export type Step =
  /** Rows that went. */
  | { step: 'gone'; type: string; feed: SyncFeed }
  /** Rows that are new or changed; of all owners in `of`, or without one. */
  | { step: 'rows'; type: string; feed: SyncFeed; of?: 'self' | 'partners'; isLate?: boolean }
  /** Rows from before something was shared, as far as `main` has gone. */
  | { step: 'backfill'; type: string; main: string; feed: SyncFeed; sharing: Sharing }
  /** What changed of photos that came with albums; `created` is the type of the lines that brought them. */
  | { step: 'updates'; type: string; created: string; feed: SyncFeed }
  /** New photos of albums. From then on their changes are told as `updated`. */
  | { step: 'created'; type: string; updated: string; feed: SyncFeed };

const gone = (type: string, feed: SyncFeed): Step => ({ step: 'gone', type, feed });
const rows = (type: string, feed: SyncFeed, of?: 'self' | 'partners'): Step => ({
  step: 'rows',
  type,
  feed,
  ...(of && { of }),
});
/** Rows that others refer to: those that changed while the stream runs are sent all the same, and again next time. */
const late = (type: string, feed: SyncFeed, of?: 'self' | 'partners'): Step => ({
  step: 'rows',
  type,
  feed,
  isLate: true,
  ...(of && { of }),
});
const backfill = (type: string, main: string, feed: SyncFeed, sharing: Sharing): Step => ({
  step: 'backfill',
  type,
  main,
  feed,
  sharing,
});

const partnerAssets = (version: 'V1' | 'V2'): Step[] => [
  gone('PartnerAssetDeleteV1', 'partnerAssetGone'),
  backfill(`PartnerAssetBackfill${version}`, `PartnerAsset${version}`, `asset${version}`, 'partners'),
  late(`PartnerAsset${version}`, `asset${version}`, 'partners'),
];
const albumAssets = (version: 'V1' | 'V2'): Step[] => {
  const created = `AlbumAssetCreate${version}`;
  const updated = `AlbumAssetUpdate${version}`;
  return [
    backfill(`AlbumAssetBackfill${version}`, created, `oneAlbumAsset${version}`, 'albums'),
    { step: 'updates', type: updated, created, feed: `albumAssetUpdate${version}` },
    { step: 'created', type: created, updated, feed: `albumAsset${version}` },
  ];
};

/**
 * What each requested type brings, in the order in which a device can keep it: photos before albums, because of
 * covers; everything before what refers to it (contract §4.3, §4.8).
 */
const ORDER: Readonly<Record<string, readonly Step[]>> = {
  AuthUsersV1: [late('AuthUserV1', 'authUser')],
  UsersV1: [gone('UserDeleteV1', 'userGone'), late('UserV1', 'user')],
  PartnersV1: [gone('PartnerDeleteV1', 'partnerGone'), rows('PartnerV1', 'partner')],
  AssetsV1: [gone('AssetDeleteV1', 'assetGone'), late('AssetV1', 'assetV1', 'self')],
  AssetsV2: [gone('AssetDeleteV1', 'assetGone'), late('AssetV2', 'assetV2', 'self')],
  StacksV1: [gone('StackDeleteV1', 'stackGone'), rows('StackV1', 'stack', 'self')],
  PartnerAssetsV1: partnerAssets('V1'),
  PartnerAssetsV2: partnerAssets('V2'),
  PartnerStacksV1: [
    gone('PartnerStackDeleteV1', 'partnerStackGone'),
    backfill('PartnerStackBackfillV1', 'PartnerStackV1', 'stack', 'partners'),
    rows('PartnerStackV1', 'stack', 'partners'),
  ],
  AlbumAssetsV1: albumAssets('V1'),
  AlbumAssetsV2: albumAssets('V2'),
  AlbumsV1: [gone('AlbumDeleteV1', 'albumGone'), late('AlbumV1', 'albumV1')],
  AlbumsV2: [gone('AlbumDeleteV1', 'albumGone'), late('AlbumV2', 'albumV2')],
  AlbumUsersV1: [
    gone('AlbumUserDeleteV1', 'albumUserGone'),
    backfill('AlbumUserBackfillV1', 'AlbumUserV1', 'oneAlbumUser', 'albums'),
    rows('AlbumUserV1', 'albumUser'),
  ],
  AlbumToAssetsV1: [
    gone('AlbumToAssetDeleteV1', 'albumToAssetGone'),
    backfill('AlbumToAssetBackfillV1', 'AlbumToAssetV1', 'oneAlbumToAsset', 'albums'),
    rows('AlbumToAssetV1', 'albumToAsset'),
  ],
  AssetExifsV1: [rows('AssetExifV1', 'exif', 'self')],
  AlbumAssetExifsV1: [
    backfill('AlbumAssetExifBackfillV1', 'AlbumAssetExifCreateV1', 'oneAlbumExif', 'albums'),
    {
      step: 'updates',
      type: 'AlbumAssetExifUpdateV1',
      created: 'AlbumAssetExifCreateV1',
      feed: 'albumExifUpdate',
    },
    { step: 'created', type: 'AlbumAssetExifCreateV1', updated: 'AlbumAssetExifUpdateV1', feed: 'albumExif' },
  ],
  // Words found in pictures are not kept yet: asked for, and nothing to tell.
  AssetOcrV1: [],
  PartnerAssetExifsV1: [
    backfill('PartnerAssetExifBackfillV1', 'PartnerAssetExifV1', 'exif', 'partners'),
    rows('PartnerAssetExifV1', 'exif', 'partners'),
  ],
  MemoriesV1: [gone('MemoryDeleteV1', 'memoryGone'), late('MemoryV1', 'memory')],
  MemoryToAssetsV1: [
    gone('MemoryToAssetDeleteV1', 'memoryAssetGone'),
    rows('MemoryToAssetV1', 'memoryAsset'),
  ],
  PeopleV1: [gone('PersonDeleteV1', 'personGone'), late('PersonV1', 'person')],
  AssetFacesV1: [gone('AssetFaceDeleteV1', 'faceGone'), rows('AssetFaceV1', 'faceV1')],
  AssetFacesV2: [gone('AssetFaceDeleteV1', 'faceGone'), rows('AssetFaceV2', 'faceV2')],
  UserMetadataV1: [rows('UserMetadataV1', 'userMetadata')],
  AssetMetadataV1: [
    gone('AssetMetadataDeleteV1', 'assetMetadataGone'),
    rows('AssetMetadataV1', 'assetMetadata'),
  ],
  AssetEditsV1: [gone('AssetEditDeleteV1', 'assetEditGone'), rows('AssetEditV1', 'assetEdit')],
};

/** The steps for these types, in order; what is not known is left out, what is asked twice comes once. */
export const stepsFor = (types: readonly string[]): Step[] =>
  Object.entries(ORDER).flatMap(([type, steps]) => (types.includes(type) ? steps : []));

/** Types of lines whose acknowledgements carry the number of a row that went. */
export const GONE_TYPES: ReadonlySet<string> = new Set(
  Object.values(ORDER)
    .flat()
    .flatMap((step) => (step.step === 'gone' ? step.type : [])),
);

/** Every type of line that a device can acknowledge. */
export const LINE_TYPES: ReadonlySet<string> = new Set([
  ...Object.values(ORDER)
    .flat()
    .map((step) => step.type),
  'SyncCompleteV1',
  // Their tables are not here yet; acknowledging them is no mistake.
  'AssetOcrV1',
  'AssetOcrDeleteV1',
  'UserMetadataDeleteV1',
]);
