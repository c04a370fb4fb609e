import { IS_LOCKED_PART } from './access.ts';
import * as rows from './sync-rows.ts';

/** Whose album it is: memberships that came while the stream runs wait for the next one. */
const member = (album: string) => `EXISTS (SELECT 1 FROM album_user w WHERE w.album_id = ${album}
  AND w.user_id = @userId AND w.create_revision <= @bound)`;
/**
 * What is filled in of one album, while it is still the user's: who leaves while the stream runs has not got the
 * album itself, or not its photos, and a link to them would be refused.
 */
const ofOneAlbum = (table: string) => `${table}.album_id = @key AND ${member(`${table}.album_id`)}`;
/** The locked folder is nobody else's, with the videos of its live photos. */
const MAY_SEE = `(a.owner_id = @userId OR (a.visibility <> 'locked' AND NOT ${IS_LOCKED_PART}))`;
const OWN = `a.owner_id = @userId`;

const feed = (from: string, data: string, revision: string, where: string) =>
  `SELECT ${revision} AS revision, ${data} AS data FROM ${from}
   WHERE ${revision} > @after AND ${revision} <= @to AND ${where} ORDER BY ${revision} LIMIT @limit`;

/** What existed when the stream began, also when it has changed since. */
const known = (table: string) => `${table}.create_revision <= @bound`;

const LINKED = 'album_asset l CROSS JOIN asset a ON a.id = l.asset_id';
const changedInAlbum = (column: string, data: string) =>
  feed(
    'asset a',
    data,
    column,
    `a.owner_id = @key AND ${MAY_SEE} AND EXISTS (SELECT 1 FROM album_asset l WHERE l.asset_id = a.id
       AND l.revision <= @links AND ${member('l.album_id')})`,
  );

/** A list of rows that went, as far as they have not come back. */
const gone = (kind: string, data: string, isBack: string) =>
  `SELECT d.revision AS revision, ${data} AS data FROM sync_delete d
   WHERE d.user_id = @userId AND d.kind = '${kind}' AND d.revision > @after AND d.revision <= @to
     AND NOT EXISTS (${isBack}) ORDER BY d.revision LIMIT @limit`;
const hasAsset = `SELECT 1 FROM asset a WHERE a.id = d.id AND (${OWN} OR (a.visibility <> 'locked' AND NOT ${IS_LOCKED_PART} AND (
  EXISTS (SELECT 1 FROM partner p WHERE p.shared_by_id = a.owner_id AND p.shared_with_id = @userId)
  OR EXISTS (SELECT 1 FROM album_asset l JOIN album_user w ON w.album_id = l.album_id
    WHERE l.asset_id = a.id AND w.user_id = @userId))))`;
const one = (name: string) => `json_object('${name}', d.id)`;
const two = (first: string, second: string) => `json_object('${first}', d.id, '${second}', d.other)`;

/**
 * Each list that the stream is made of, as SQL: rows whose revision lies after @after up to @to, in order, at most
 * @limit. @bound is the counter's value when the stream began; @key an owner or an album; @links how far the
 * device has come with an album's links.
 */
export const FEEDS = {
  authUser: feed('user u', rows.authUser, 'u.auth_revision', 'u.id = @userId'),
  user: feed('user u', rows.user, 'u.revision', known('u')),
  userMetadata: feed(
    `user u CROSS JOIN (SELECT 'preferences' AS key UNION ALL SELECT 'onboarding') k`,
    rows.userMetadata,
    'u.metadata_revision',
    'u.id = @userId',
  ),
  partner: feed('partner p', rows.partner, 'p.revision', '@userId IN (p.shared_by_id, p.shared_with_id)'),
  assetV1: feed(
    'asset a',
    rows.asset('V1'),
    'a.revision',
    `a.owner_id = @key AND ${MAY_SEE} AND ${known('a')}`,
  ),
  assetV2: feed(
    'asset a',
    rows.asset('V2'),
    'a.revision',
    `a.owner_id = @key AND ${MAY_SEE} AND ${known('a')}`,
  ),
  exif: feed('asset a', rows.exif, 'a.exif_revision', `a.owner_id = @key AND ${MAY_SEE}`),
  stack: feed('stack s', rows.stack, 's.revision', 's.owner_id = @key'),
  albumAssetUpdateV1: changedInAlbum('a.revision', rows.asset('V1')),
  albumAssetUpdateV2: changedInAlbum('a.revision', rows.asset('V2')),
  albumExifUpdate: changedInAlbum('a.exif_revision', rows.exif),
  albumAssetV1: feed(LINKED, rows.asset('V1'), 'l.revision', `${member('l.album_id')} AND ${MAY_SEE}`),
  albumAssetV2: feed(LINKED, rows.asset('V2'), 'l.revision', `${member('l.album_id')} AND ${MAY_SEE}`),
  albumExif: feed(LINKED, rows.exif, 'l.revision', `${member('l.album_id')} AND ${MAY_SEE}`),
  albumToAsset: feed(LINKED, rows.albumToAsset, 'l.revision', `${member('l.album_id')} AND ${MAY_SEE}`),
  oneAlbumAssetV1: feed(LINKED, rows.asset('V1'), 'l.revision', `${ofOneAlbum('l')} AND ${MAY_SEE}`),
  oneAlbumAssetV2: feed(LINKED, rows.asset('V2'), 'l.revision', `${ofOneAlbum('l')} AND ${MAY_SEE}`),
  oneAlbumExif: feed(LINKED, rows.exif, 'l.revision', `${ofOneAlbum('l')} AND ${MAY_SEE}`),
  oneAlbumToAsset: feed(LINKED, rows.albumToAsset, 'l.revision', `${ofOneAlbum('l')} AND ${MAY_SEE}`),
  albumV1: feed('album b', rows.albumV1, 'b.revision', `${member('b.id')} AND ${known('b')}`),
  albumV2: feed('album b', rows.albumV2, 'b.revision', `${member('b.id')} AND ${known('b')}`),
  albumUser: feed('album_user v', rows.albumUser, 'v.revision', member('v.album_id')),
  oneAlbumUser: feed('album_user v', rows.albumUser, 'v.revision', ofOneAlbum('v')),
  albumGuest: feed(
    'album_user v',
    rows.albumUser,
    'v.revision',
    `${member('v.album_id')} AND v.role <> 'owner'`,
  ),
  oneAlbumGuest: feed(
    'album_user v',
    rows.albumUser,
    'v.revision',
    `${ofOneAlbum('v')} AND v.role <> 'owner'`,
  ),
  memory: feed('memory m', rows.memory, 'm.revision', `m.owner_id = @userId AND ${known('m')}`),
  memoryAsset: feed(
    'memory_asset x CROSS JOIN memory m ON m.id = x.memory_id CROSS JOIN asset a ON a.id = x.asset_id',
    rows.memoryAsset,
    'x.revision',
    `m.owner_id = @userId AND ${OWN}`,
  ),
  person: feed('person p', rows.person, 'p.revision', `p.owner_id = @userId AND ${known('p')}`),
  faceV1: feed('face f CROSS JOIN asset a ON a.id = f.asset_id', rows.faceV1, 'f.revision', OWN),
  faceV2: feed('face f CROSS JOIN asset a ON a.id = f.asset_id', rows.faceV2, 'f.revision', OWN),
  assetMetadata: feed(
    'asset_metadata x CROSS JOIN asset a ON a.id = x.asset_id',
    rows.assetMetadata,
    'x.revision',
    OWN,
  ),
  assetEdit: feed('asset_edit e CROSS JOIN asset a ON a.id = e.asset_id', rows.assetEdit, 'e.revision', OWN),

  userGone: gone('user', one('userId'), 'SELECT 1 FROM user WHERE id = d.id'),
  partnerGone: gone(
    'partner',
    two('sharedById', 'sharedWithId'),
    'SELECT 1 FROM partner WHERE shared_by_id = d.id AND shared_with_id = d.other',
  ),
  assetGone: gone('asset', one('assetId'), hasAsset),
  partnerAssetGone: gone('partner_asset', one('assetId'), hasAsset),
  stackGone: gone('stack', one('stackId'), 'SELECT 1 FROM stack WHERE id = d.id'),
  partnerStackGone: gone('partner_stack', one('stackId'), 'SELECT 1 FROM stack WHERE id = d.id'),
  albumGone: gone(
    'album',
    one('albumId'),
    'SELECT 1 FROM album_user WHERE album_id = d.id AND user_id = @userId',
  ),
  albumUserGone: gone(
    'album_user',
    two('albumId', 'userId'),
    'SELECT 1 FROM album_user WHERE album_id = d.id AND user_id = d.other',
  ),
  albumToAssetGone: gone(
    'album_asset',
    two('albumId', 'assetId'),
    'SELECT 1 FROM album_asset WHERE album_id = d.id AND asset_id = d.other',
  ),
  memoryGone: gone('memory', one('memoryId'), 'SELECT 1 FROM memory WHERE id = d.id'),
  memoryAssetGone: gone(
    'memory_asset',
    two('memoryId', 'assetId'),
    'SELECT 1 FROM memory_asset WHERE memory_id = d.id AND asset_id = d.other',
  ),
  personGone: gone('person', one('personId'), 'SELECT 1 FROM person WHERE id = d.id'),
  faceGone: gone('face', one('assetFaceId'), 'SELECT 1 FROM face WHERE id = d.id'),
  assetMetadataGone: gone(
    'asset_metadata',
    two('assetId', 'key'),
    'SELECT 1 FROM asset_metadata WHERE asset_id = d.id AND key = d.other',
  ),
  assetEditGone: gone('asset_edit', one('editId'), 'SELECT 1 FROM asset_edit WHERE id = d.id'),
} as const;

export type SyncFeed = keyof typeof FEEDS;
