import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, startTestLibrary } from '#test/fixtures/library';
import { announceHidden, announceReady } from './asset-events.ts';

test('a new video is announced to each dialect of the phone and to the web', async (t) => {
  const { ann, parts, heard, addAsset } = await startTestLibrary(t);
  const id = addAsset(ann.id, {
    thumbhash: 'abc',
    local_at: NOON + 7_200_000,
    captured_at: NOON,
    orientation: 6,
    type: 'VIDEO',
    duration_ms: 3_723_004,
    focal_length_mm: 6.7,
  });
  announceReady(parts, id, true);
  assert.deepEqual(
    heard.map(({ userId, name }) => [userId, name]),
    [
      [ann.id, 'AssetUploadReadyV2'],
      [ann.id, 'AssetUploadReadyV1'],
      [ann.id, 'on_upload_success'],
      [ann.id, 'on_upload_success'],
    ],
  );
  const { asset, exif } = heard[0]!.args[0] as {
    asset: Record<string, unknown>;
    exif: Record<string, unknown>;
  };
  assert.deepEqual(Object.keys(asset), [
    ...['id', 'ownerId', 'originalFileName', 'thumbhash', 'checksum', 'fileCreatedAt', 'fileModifiedAt'],
    ...['createdAt', 'localDateTime', 'duration', 'type', 'deletedAt', 'isFavorite', 'visibility'],
    ...['livePhotoVideoId', 'stackId', 'libraryId', 'width', 'height', 'isEdited'],
  ]);
  assert.equal(asset['localDateTime'], new Date(NOON + 7_200_000).toISOString());
  assert.deepEqual([exif['assetId'], exif['orientation'], exif['focalLength']], [id, '6', 6.7]);
  assert.equal(asset['duration'], 3_723_004);
  const old = heard[1]!.args[0] as { asset: Record<string, unknown> };
  assert.deepEqual(old.asset, { ...asset, duration: '01:02:03.004' });
  assert.ok(Object.values({ ...asset, ...exif }).every((value) => value !== undefined));
});

test('the video of a live photo is no tile, a remade preview is an update, and what is gone is no news', async (t) => {
  const { ann, parts, heard, addAsset } = await startTestLibrary(t);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  announceReady(parts, video, true);
  announceReady(parts, video, false);
  announceHidden(parts, video);
  announceReady(parts, '00000000-0000-4000-8000-000000000000', true);
  assert.deepEqual(
    heard.map(({ name }) => name),
    ['AssetUploadReadyV2', 'AssetUploadReadyV1', 'on_asset_update', 'on_asset_update', 'on_asset_hidden'],
  );
});
