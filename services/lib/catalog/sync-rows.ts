/** Instants are written by SQLite: a first sync writes half a million of them. */
const instant = (column: string) => `strftime('%Y-%m-%dT%H:%M:%fZ', ${column} / 1000.0, 'unixepoch')`;
const flag = (condition: string) => `json(iif(${condition}, 'true', 'false'))`;
const json = (fields: Record<string, string>) =>
  `json_object(${Object.entries(fields)
    .map(([name, value]) => `'${name}', ${value}`)
    .join(', ')})`;

const USER = {
  id: 'u.id',
  name: 'u.name',
  email: 'u.email',
  avatarColor: 'u.avatar_color',
  deletedAt: instant('u.deleted_at'),
  profileChangedAt: instant('u.profile_changed_at'),
  hasProfileImage: flag('u.profile_image IS NOT NULL'),
};

export const authUser = json({
  ...USER,
  isAdmin: flag('u.is_admin'),
  // Whether there is a PIN is asked elsewhere; what proves it stays here.
  pinCode: 'NULL',
  oauthId: `''`,
  storageLabel: 'u.storage_label',
  quotaSizeInBytes: 'u.quota_bytes',
  quotaUsageInBytes: 'u.used_bytes',
});
export const user = json(USER);

/** The stored preferences; the colour goes with them, as the app looks for it there. */
export const userMetadata = `CASE k.key WHEN 'onboarding'
  THEN ${json({ userId: 'u.id', key: `'onboarding'`, value: json({ isOnboarded: flag('u.is_onboarded') }) })}
  ELSE ${json({
    userId: 'u.id',
    key: `'preferences'`,
    value: `json(iif(u.avatar_color IS NULL, u.preferences, json_set(u.preferences, '$.avatar.color', u.avatar_color)))`,
  })} END`;

export const partner = json({
  sharedById: 'p.shared_by_id',
  sharedWithId: 'p.shared_with_id',
  inTimeline: flag('p.in_timeline'),
});

/** `01:02:03.004`, as apps of 2.7 read durations. */
const DURATION_TEXT = `printf('%02d:%02d:%02d.%03d', a.duration_ms / 3600000, a.duration_ms / 60000 % 60, a.duration_ms / 1000 % 60, a.duration_ms % 1000)`;

/** AssetV1 or AssetV2. Being a favourite is its owner's own matter. */
export const asset = (version: 'V1' | 'V2') =>
  json({
    id: 'a.id',
    ownerId: 'a.owner_id',
    originalFileName: 'a.original_name',
    thumbhash: 'a.thumbhash',
    checksum: 'a.checksum',
    fileCreatedAt: instant('a.captured_at'),
    fileModifiedAt: instant('a.file_modified_at'),
    createdAt: instant('a.created_at'),
    localDateTime: instant('a.local_at'),
    duration: version === 'V2' ? 'a.duration_ms' : `iif(a.duration_ms IS NULL, NULL, ${DURATION_TEXT})`,
    type: 'a.type',
    deletedAt: instant('a.trashed_at'),
    isFavorite: flag('a.is_favorite AND a.owner_id = @userId'),
    visibility: 'a.visibility',
    livePhotoVideoId: 'a.live_video_id',
    stackId: 'a.stack_id',
    libraryId: 'a.library_id',
    width: 'a.width_px',
    height: 'a.height_px',
    isEdited: flag('a.is_edited'),
  });

export const exif = json({
  assetId: 'a.id',
  description: 'a.description',
  exifImageWidth: 'a.stored_width_px',
  exifImageHeight: 'a.stored_height_px',
  fileSizeInByte: 'a.original_bytes',
  orientation: 'CAST(a.orientation AS TEXT)',
  dateTimeOriginal: instant('a.captured_at'),
  modifyDate: instant('a.modified_at'),
  timeZone: 'a.time_zone',
  latitude: 'a.latitude',
  longitude: 'a.longitude',
  projectionType: 'a.projection_type',
  city: 'a.city',
  state: 'a.state',
  country: 'a.country',
  make: 'a.make',
  model: 'a.model',
  lensModel: 'a.lens_model',
  fNumber: 'a.f_number',
  focalLength: 'a.focal_length_mm',
  iso: 'a.iso',
  exposureTime: 'a.exposure_time',
  profileDescription: 'a.profile_description',
  rating: 'a.rating',
  fps: 'a.fps',
});

export const stack = json({
  id: 's.id',
  createdAt: instant('s.created_at'),
  updatedAt: instant('s.updated_at'),
  primaryAssetId: 's.primary_asset_id',
  ownerId: 's.owner_id',
});

/** Null as a cover unless this device has that photo by now: it would refuse the album. */
const COVER = `(SELECT c.id FROM asset c WHERE c.id = b.cover_asset_id AND c.create_revision <= @bound AND (c.owner_id = @userId
  OR (c.visibility <> 'locked' AND EXISTS (SELECT 1 FROM album_asset cl JOIN album_user cm ON cm.album_id = cl.album_id
    WHERE cl.asset_id = c.id AND cl.revision <= @bound AND cm.user_id = @userId AND cm.create_revision <= @bound))))`;
const ALBUM = {
  id: 'b.id',
  name: 'b.name',
  description: 'b.description',
  createdAt: instant('b.created_at'),
  updatedAt: instant('b.updated_at'),
  thumbnailAssetId: COVER,
  isActivityEnabled: flag('b.is_activity_enabled'),
  order: 'b.sort_order',
};
export const albumV2 = json(ALBUM);
export const albumV1 = json({
  ...ALBUM,
  ownerId: `(SELECT user_id FROM album_user WHERE album_id = b.id AND role = 'owner')`,
});
export const albumUser = json({ albumId: 'v.album_id', userId: 'v.user_id', role: 'v.role' });
export const albumToAsset = json({ albumId: 'l.album_id', assetId: 'l.asset_id' });

export const memory = json({
  id: 'm.id',
  createdAt: instant('m.created_at'),
  updatedAt: instant('m.updated_at'),
  deletedAt: instant('m.deleted_at'),
  ownerId: 'm.owner_id',
  type: 'm.type',
  data: json({ year: 'm.year' }),
  isSaved: flag('m.is_saved'),
  memoryAt: instant('m.memory_at'),
  seenAt: instant('m.seen_at'),
  showAt: instant('m.show_at'),
  hideAt: instant('m.hide_at'),
});
export const memoryAsset = json({ memoryId: 'x.memory_id', assetId: 'x.asset_id' });

export const person = json({
  id: 'p.id',
  createdAt: instant('p.created_at'),
  updatedAt: instant('p.updated_at'),
  ownerId: 'p.owner_id',
  name: 'p.name',
  birthDate: `p.birth_date || 'T00:00:00.000Z'`,
  isHidden: flag('p.is_hidden'),
  isFavorite: flag('p.is_favorite'),
  color: 'p.color',
  // Null while that photo is in the locked folder.
  faceAssetId: `(SELECT f.asset_id FROM face f JOIN asset a ON a.id = f.asset_id
    WHERE f.id = p.cover_face_id AND a.visibility <> 'locked')`,
});

const FACE = {
  id: 'f.id',
  assetId: 'f.asset_id',
  personId: 'f.person_id',
  imageWidth: 'f.image_width_px',
  imageHeight: 'f.image_height_px',
  boundingBoxX1: 'f.x1',
  boundingBoxY1: 'f.y1',
  boundingBoxX2: 'f.x2',
  boundingBoxY2: 'f.y2',
  sourceType: 'f.source',
};
export const faceV1 = json(FACE);
export const faceV2 = json({
  ...FACE,
  isVisible: flag('f.is_visible'),
  deletedAt: instant('f.deleted_at'),
});

export const assetMetadata = json({ assetId: 'x.asset_id', key: 'x.key', value: 'json(x.value)' });
export const assetEdit = json({
  id: 'e.id',
  assetId: 'e.asset_id',
  action: 'e.action',
  parameters: 'json(e.parameters)',
  sequence: 'e.sequence',
});
