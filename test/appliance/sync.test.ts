import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';
import { syncAsset, syncExif } from '../../services/gateway/asset-events.ts';
import { syncLines } from '../../services/gateway/sync/stream.ts';
import { openDevice, readBatches, type SyncLine, TYPES_V2, TYPES_V3 } from './sync-device.ts';

type Library = Awaited<ReturnType<typeof startTestLibrary>>;
type Who = Library['ann'];

/** All lines of one stream. */
async function stream(
  library: Library,
  who: Who,
  types: string[] = TYPES_V3,
  body: object = {},
): Promise<SyncLine[]> {
  const response = await library.call(who, 'POST', '/sync/stream', { types, ...body });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'application/jsonlines+json');
  const lines: SyncLine[] = [];
  for await (const batch of readBatches(response.body!)) lines.push(...batch);
  return lines;
}

const acknowledge = async (library: Library, who: Who, lines: readonly SyncLine[]) => {
  const acks = [...new Map(lines.map((line) => [line.ack.split('|')[0], line.ack])).values()];
  assert.equal((await library.ask(who, 'POST', '/sync/ack', { acks })).status, 204);
};
const types = (lines: readonly SyncLine[]) => [...new Set(lines.map(({ type }) => type))];
const of = (lines: readonly SyncLine[], type: string) =>
  lines.filter((line) => line.type === type).map(({ data }) => data);

test('a photo travels as the contract says, to 3.x and to 2.7', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, addAsset, parts } = library;
  const id = addAsset(ann.id, {
    duration_ms: 3_723_004,
    type: 'VIDEO',
    is_favorite: 1,
    description: 'a "quoted" line\n',
    latitude: 52.5,
    f_number: 1.8,
    orientation: 6,
    thumbhash: 'AAAA',
    modified_at: 1_700_000_000_123,
  });
  const lines = await stream(library, ann);
  const row = parts.queries.assets.findById(id)!;
  assert.deepEqual(of(lines, 'AssetV2'), [syncAsset(row)]);
  assert.deepEqual(of(lines, 'AssetExifV1'), [syncExif(row)]);
  assert.equal(lines.at(-1)!.type, 'SyncCompleteV1');
  const old = await stream(library, ann, TYPES_V2);
  assert.deepEqual(of(old, 'AssetV1'), [{ ...syncAsset(row), duration: '01:02:03.004' }]);
});

test('what is acknowledged does not come again; what changes does, alone', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, addAsset } = library;
  const id = addAsset(ann.id);
  addAsset(ann.id);
  await acknowledge(library, ann, await stream(library, ann));
  assert.deepEqual(types(await stream(library, ann)), ['SyncCompleteV1']);
  await library.ask(ann, 'PUT', '/assets', { ids: [id], isFavorite: true });
  const lines = await stream(library, ann);
  assert.deepEqual(types(lines), ['AssetV2', 'SyncCompleteV1']);
  assert.deepEqual(
    of(lines, 'AssetV2').map((data) => [data['id'], data['isFavorite']]),
    [[id, true]],
  );
  await library.ask(ann, 'PUT', '/assets', { ids: [id], description: 'x' });
  assert.deepEqual(types(await stream(library, ann)), ['AssetV2', 'AssetExifV1', 'SyncCompleteV1']);
});

test('acknowledgements are listed, forgotten by type, and refused when they are none', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, addAsset } = library;
  addAsset(ann.id);
  await acknowledge(library, ann, await stream(library, ann));
  const listed = (await library.ask(ann, 'GET', '/sync/ack')).json as { type: string; ack: string }[];
  assert.ok(listed.some(({ type, ack }) => type === 'AssetV2' && /^AssetV2\|\d+$/.test(ack)));
  assert.equal(
    (await library.ask(ann, 'DELETE', '/sync/ack', { types: ['AssetV1', 'AssetV2', 'Unheard'] })).status,
    204,
  );
  assert.deepEqual(types(await stream(library, ann)), ['AssetV2', 'SyncCompleteV1']);
  assert.equal((await library.call(ann, 'DELETE', '/sync/ack')).status, 204);
  assert.deepEqual((await library.ask(ann, 'GET', '/sync/ack')).json, []);
  for (const ack of ['Nonsense|1', 'AssetV2|x', 'AssetV2', ''])
    assert.equal((await library.ask(ann, 'POST', '/sync/ack', { acks: [ack] })).status, 400, ack);
});

test('unknown request types are ignored', async (t) => {
  const library = await startTestLibrary(t);
  assert.deepEqual(types(await stream(library, library.ann, ['AssetFacesV9', 'AssetOcrV1'])), [
    'SyncCompleteV1',
  ]);
});

test('a device that is told to start over does so once', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, addAsset, db } = library;
  addAsset(ann.id);
  await acknowledge(library, ann, await stream(library, ann));
  db.prepare('UPDATE session SET is_pending_sync_reset = 1 WHERE user_id = ?').run(ann.id);
  const lines = await stream(library, ann);
  assert.deepEqual(lines, [{ type: 'SyncResetV1', data: {}, ack: 'SyncResetV1|reset' }]);
  await acknowledge(library, ann, lines);
  assert.ok(types(await stream(library, ann)).includes('AssetV2'));
});

test('a device that was away for more than 30 days, or knows more than the catalog, starts over', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, addAsset, db } = library;
  addAsset(ann.id);
  await acknowledge(library, ann, await stream(library, ann));
  db.prepare(`UPDATE sync_checkpoint SET position = position - ? WHERE type = 'SyncCompleteV1'`).run(
    31 * 86_400_000,
  );
  assert.deepEqual(types(await stream(library, ann)), ['SyncResetV1']);
  assert.ok(types(await stream(library, ann, TYPES_V3, { reset: true })).includes('AssetV2'));
  await library.ask(ann, 'POST', '/sync/ack', { acks: ['AssetV2|999999'] });
  assert.deepEqual(types(await stream(library, ann)), ['SyncResetV1']);
});

test('a partner gets what was there before, without favourites and without the locked folder', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset } = library;
  const shown = addAsset(ann.id, { is_favorite: 1 });
  addAsset(ann.id, { visibility: 'locked' });
  const partners = (lines: SyncLine[], type: string) =>
    of(lines, type).map(({ id, isFavorite }) => [id, isFavorite]);
  await acknowledge(library, bob, await stream(library, bob));
  assert.equal((await library.ask(ann, 'POST', '/partners', { sharedWithId: bob.id })).status, 201);
  const lines = await stream(library, bob);
  assert.deepEqual(partners(lines, 'PartnerAssetV2'), [[shown, false]]);
  await acknowledge(library, bob, lines);
  await library.ask(ann, 'PUT', '/assets', { ids: [shown], visibility: 'locked' });
  const locked = await stream(library, bob);
  assert.deepEqual(of(locked, 'PartnerAssetDeleteV1'), [{ assetId: shown }]);
  assert.deepEqual(of(locked, 'PartnerAssetV2'), []);
});

test('who joins an album late gets it whole; who leaves loses it', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset } = library;
  const device = openDevice();
  t.after(device.close);
  const sync = async () => {
    const lines = await stream(library, bob);
    const acks = device.takeBatch(lines);
    await library.ask(bob, 'POST', '/sync/ack', { acks });
    return lines;
  };
  const create = async (name: string, ids: string[], users: object[]) =>
    (await library.ask(ann, 'POST', '/albums', { albumName: name, assetIds: ids, albumUsers: users })).json
      .id as string;
  const [first, second] = [addAsset(ann.id), addAsset(ann.id)];
  const late = await create('late', [first], []);
  await create('early', [second], [{ userId: bob.id, role: 'viewer' }]);
  await sync();
  assert.equal(device.dump()['album_asset']!.length, 1);
  await library.ask(ann, 'PUT', `/albums/${late}/users`, {
    albumUsers: [{ userId: bob.id, role: 'editor' }],
  });
  const joined = types(await sync());
  for (const type of [
    'AlbumAssetBackfillV2',
    'AlbumAssetExifBackfillV1',
    'AlbumToAssetBackfillV1',
    'AlbumV2',
  ])
    assert.ok(joined.includes(type), `${type} in ${joined}`);
  const held = device.dump();
  assert.deepEqual(new Set(held['asset']!.map(({ id }) => id)), new Set([first, second]));
  assert.deepEqual(held['album']!.find(({ id }) => id === late)!['thumbnailAssetId'], first);
  assert.deepEqual(
    new Set(held['album_user']!.filter(({ albumId }) => albumId === late).map(({ role }) => role)),
    new Set(['owner', 'editor']),
  );
  const old = await stream(library, bob, TYPES_V2);
  assert.ok(of(old, 'AlbumUserV1').every(({ role }) => role !== 'owner'));
  assert.ok(of(old, 'AlbumV1').every(({ ownerId }) => ownerId === ann.id));
  await library.ask(bob, 'DELETE', `/albums/${late}/user/me`);
  await sync();
  assert.deepEqual(
    device.dump()['asset']!.map(({ id }) => id),
    [second],
  );
});

test('deleted bytes that are uploaded again fit beside what a former partner keeps', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, db } = library;
  const device = openDevice();
  t.after(device.close);
  const sync = async () => {
    const acks = device.takeBatch(await stream(library, bob));
    await library.ask(bob, 'POST', '/sync/ack', { acks });
  };
  const checksum = 'A'.repeat(27).concat('=');
  const first = addAsset(ann.id, { checksum });
  await library.ask(ann, 'POST', '/partners', { sharedWithId: bob.id });
  await sync();
  await library.ask(ann, 'DELETE', `/partners/${bob.id}`);
  await sync();
  db.prepare('DELETE FROM asset WHERE id = ?').run(first);
  const second = addAsset(ann.id, { checksum });
  await library.ask(ann, 'POST', '/partners', { sharedWithId: bob.id });
  await sync();
  assert.deepEqual(
    device.dump()['asset']!.map(({ id }) => id),
    [second],
  );
});

test('a photo that moves while a stream runs comes before its metadata', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, addAsset, parts, db } = library;

  const id = addAsset(ann.id);
  const session = parts.queries.sessions.listByUser(ann.id, 0)[0]!;
  const device = openDevice();
  t.after(device.close);
  const lines = syncLines(parts, {
    userId: ann.id,
    sessionId: session.id,
    types: TYPES_V3,
    profile: 'v3',
    isPendingReset: false,
  });
  const seen: SyncLine[] = [];
  for await (const batch of readBatches(lines, 1)) {
    seen.push(...batch);
    if (batch[0]!.type === 'UserV1') db.prepare(`UPDATE asset SET thumbhash = 'AAAA' WHERE id = ?`).run(id);
  }
  device.takeBatch(seen);
  assert.equal(device.dump()['exif']!.length, 1);
  await acknowledge(library, ann, seen);
  // Acknowledged as of the start of the stream, so it comes once more.
  assert.deepEqual(types(await stream(library, ann)), ['AssetV2', 'SyncCompleteV1']);
});

test('who leaves an album while it is being filled in gets no link to what they have not got', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, db, addAsset, parts, ask } = library;
  const share = async () => {
    const albumUsers = [{ userId: bob.id, role: 'viewer' }];
    const body = { albumName: 'A', assetIds: [addAsset(ann.id)], albumUsers };
    return (await ask(ann, 'POST', '/albums', body)).json.id as string;
  };
  await share();
  await acknowledge(library, bob, await stream(library, bob));
  const album = await share();
  db.prepare('UPDATE album_asset SET revision = 1 WHERE album_id = ?').run(album);
  db.prepare('UPDATE album_user SET revision = 1 WHERE album_id = ?').run(album);
  const session = parts.queries.sessions.listByUser(bob.id, 0)[0]!;
  const request = {
    userId: bob.id,
    sessionId: session.id,
    types: TYPES_V3,
    profile: 'v3',
    isPendingReset: false,
  } as const;
  const read = async (isLeaving: boolean) => {
    const kinds = new Set<string>();
    for await (const [line] of readBatches(syncLines(parts, request), 1)) {
      kinds.add(line!.type);
      if (isLeaving && line!.type === 'AlbumAssetBackfillV2')
        db.prepare('DELETE FROM album_user WHERE album_id = ? AND user_id = ?').run(album, bob.id);
    }
    return kinds;
  };
  const backfilled = ['AlbumUserBackfillV1', 'AlbumToAssetBackfillV1'];
  const whole = await read(false);
  assert.ok([...backfilled, 'AlbumV2'].every((type) => whole.has(type)));
  const left = await read(true);
  assert.ok(left.has('AlbumAssetBackfillV2') && !left.has('AlbumV2'));
  assert.ok(backfilled.every((type) => !left.has(type)));
});
