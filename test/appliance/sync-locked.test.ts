import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';
import { type Device, openDevice, readBatches, type SyncLine, TYPES_V3 } from './sync-device.ts';

/** Phones of a family while a live photo goes into the locked folder and comes out again. */
async function startPhones(t: TestContext) {
  const library = await startTestLibrary(t);
  const { ann, bob, call, ask } = library;
  const open = (who: typeof ann) => {
    const device = openDevice();
    t.after(device.close);
    return { who, device };
  };
  const sync = async ({ who, device }: { who: typeof ann; device: Device }): Promise<SyncLine[]> => {
    const lines: SyncLine[] = [];
    const answer = await call(who, 'POST', '/sync/stream', { types: TYPES_V3 });
    for await (const batch of readBatches(answer.body!)) lines.push(...batch);
    await ask(who, 'POST', '/sync/ack', { acks: device.takeBatch(lines) });
    return lines;
  };
  const ids = ({ device }: { device: Device }, table: string) =>
    device
      .dump()
      [table]!.map((row) => row['id'] ?? row['assetId'])
      .sort();
  return { ...library, phone: open(ann), partner: open(bob), sync, ids };
}

test('a partner’s phone loses a live photo with its video, and gets both whole when they come back', async (t) => {
  const { ann, bob, addAsset, ask, db, phone, partner, sync, ids } = await startPhones(t);
  const video = addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  const photo = addAsset(ann.id, { live_video_id: video });
  const other = addAsset(ann.id);
  await ask(ann, 'POST', '/partners', { sharedWithId: bob.id });
  await sync(partner);
  await sync(phone);
  const all = [video, photo, other].sort();
  assert.deepEqual(ids(partner, 'asset'), all);
  const move = (visibility: string) => {
    db.prepare(`UPDATE session SET elevated_until = ? WHERE user_id = ?`).run(
      Number.MAX_SAFE_INTEGER,
      ann.id,
    );
    return ask(ann, 'PUT', '/assets', { ids: [photo], visibility });
  };
  for (let round = 0; round < 2; round++) {
    assert.equal((await move('locked')).status, 204);
    await sync(partner);
    assert.deepEqual(ids(partner, 'asset'), [other]);
    assert.equal((await move('timeline')).status, 204);
    const lines = await sync(partner);
    assert.deepEqual(ids(partner, 'asset'), all);
    assert.deepEqual(ids(partner, 'exif'), all);
    assert.ok(!lines.some(({ type }) => type === 'PartnerAssetDeleteV1'));
    await sync(phone);
    assert.deepEqual(ids(phone, 'asset'), all);
  }
  // A video that becomes part of a locked photo goes with it; one that ceases to be comes back.
  await move('locked');
  db.prepare('UPDATE asset SET live_video_id = NULL WHERE id = ?').run(photo);
  await sync(partner);
  assert.deepEqual(ids(partner, 'asset'), [video, other].sort());
  db.prepare('UPDATE asset SET live_video_id = ? WHERE id = ?').run(video, photo);
  await sync(partner);
  assert.deepEqual(ids(partner, 'asset'), [other]);
});

test('a person whose picture is on a photo in the locked folder is told again without it', async (t) => {
  const { ann, addAsset, db, ask, phone, sync } = await startPhones(t);
  const photo = addAsset(ann.id);
  for (const name of ['Rosa', 'Karl']) {
    const [person, face] = [randomUUID(), randomUUID()];
    db.prepare('INSERT INTO person (id, owner_id, name, created_at, updated_at) VALUES (?, ?, ?, 0, 0)').run(
      person,
      ann.id,
      name,
    );
    db.prepare(
      `INSERT INTO face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source, created_at)
       VALUES (?, ?, ?, 9, 9, 1, 1, 2, 2, 'manual', 0)`,
    ).run(face, photo, person);
    db.prepare('UPDATE person SET cover_face_id = ? WHERE id = ?').run(face, person);
  }
  const pictures = (lines: readonly SyncLine[]) =>
    lines.filter(({ type }) => type === 'PersonV1').map(({ data }) => data['faceAssetId']);
  const acks = (lines: readonly SyncLine[]) =>
    new Set(lines.filter(({ type }) => type === 'PersonV1').map(({ ack }) => ack)).size;
  assert.deepEqual(pictures(await sync(phone)), [photo, photo]);
  await ask(ann, 'PUT', '/assets', { ids: [photo], visibility: 'locked' });
  const locked = await sync(phone);
  assert.deepEqual(pictures(locked), [null, null]);
  // Each has a number of its own, so that a page of lines may end between them.
  assert.equal(acks(locked), 2);
  db.prepare(`UPDATE asset SET visibility = 'timeline' WHERE id = ?`).run(photo);
  assert.deepEqual(pictures(await sync(phone)), [photo, photo]);
});
