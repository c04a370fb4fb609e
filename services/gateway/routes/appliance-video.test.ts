import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { renditionChanges } from '#catalog/renditions';
import type { VideoQualities } from '#contract/appliance-video';
import { putFile, startTestLibrary } from '#test/fixtures/library';

const ORIGINAL = Buffer.from('the original, as it arrived');
const SMALL = Buffer.from('the small version');

/** A library with a video in it; `know` notes what ingest found, with a small version unless `bytes` is null. */
async function startVideoLibrary(t: TestContext) {
  const library = await startTestLibrary(t);
  const { db, layout, ann, addAsset, ask, call } = library;
  const add = (columns: Record<string, string | number> = {}) => {
    const id = addAsset(ann.id, {
      type: 'VIDEO',
      mime_type: 'video/x-msvideo',
      original_name: 'Film.avi',
      original_bytes: ORIGINAL.length,
      ...columns,
    });
    putFile(layout, db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string, ORIGINAL);
    return id;
  };
  const know = (id: string, plays: VideoQualities['originalPlays'], bytes: number | null = SMALL.length) => {
    if (bytes !== null) putFile(layout, `${layout.derivedPath(id)}/rendition.mp4`, SMALL);
    const finding = { assetId: id, originalBytes: ORIGINAL.length, plays, bytes, now: 1 };
    renditionChanges(db).record({ ...finding, problemCode: null, problemMessage: null });
  };
  const play = async (id: string, query = '', headers: object = {}, who = ann) => {
    const response = await call(who, 'GET', `/assets/${id}/video/playback${query}`, undefined, headers);
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const qualities = (id: string, who = ann) => ask(who, 'GET', `/appliance/assets/${id}/video`);
  return { ...library, add, know, play, qualities };
}

test('the original is played until a small version is there, and then only where it plays itself', async (t) => {
  const { add, know, play } = await startVideoLibrary(t);
  const id = add();
  assert.deepEqual((await play(id)).bytes, ORIGINAL);
  for (const plays of ['everywhere', 'phones', null] as const) {
    know(id, plays);
    assert.deepEqual((await play(id)).bytes, ORIGINAL, String(plays));
  }
  know(id, 'nowhere');
  const { response, bytes } = await play(id, '?&sessionKey=');
  assert.deepEqual(bytes, SMALL);
  assert.equal(response.headers.get('content-type'), 'video/mp4');
  assert.equal(response.headers.get('content-disposition'), "inline; filename*=UTF-8''Film-small.mp4");
  const part = await play(id, '', { range: 'bytes=4-8' });
  assert.equal(part.response.status, 206);
  assert.deepEqual(part.bytes, SMALL.subarray(4, 9));
  assert.equal((await play(id, '?quality=original')).bytes.toString(), ORIGINAL.toString());
});

test('who asks for the small version gets it, or the original where that is small, or nothing yet', async (t) => {
  const { add, know, play } = await startVideoLibrary(t);
  const id = add();
  const none = await play(id, '?quality=small');
  assert.equal(none.response.status, 404);
  assert.equal(none.response.headers.get('cache-control'), 'no-store');
  know(id, 'everywhere');
  assert.deepEqual((await play(id, '?quality=small')).bytes, SMALL);
  know(id, 'everywhere', null);
  assert.deepEqual((await play(id, '?quality=small')).bytes, ORIGINAL);
  assert.equal((await play(id, '?quality=huge')).response.status, 400);
});

test('a small version that is lost is made again, and the original is played meanwhile', async (t) => {
  const { add, know, play, db, layout, woken } = await startVideoLibrary(t);
  const id = add();
  know(id, 'nowhere');
  rmSync(layout.derivedFile(id, 'rendition.mp4'));
  assert.deepEqual((await play(id)).bytes, ORIGINAL);
  assert.equal((await play(id, '?quality=small')).response.status, 404);
  assert.deepEqual(db.prepare('SELECT kind, asset_id FROM job').all(), [{ kind: 'rendition', asset_id: id }]);
  assert.equal(woken.count, 1);
});

test('what was made of other content than a file has now is not shown', async (t) => {
  const { add, know, play, qualities } = await startVideoLibrary(t);
  const id = add({ original_bytes: ORIGINAL.length + 1 });
  know(id, 'nowhere');
  assert.equal((await qualities(id)).json.small, 'none');
  assert.equal((await play(id, '?quality=small')).response.status, 404);
});

test('a video says in which qualities it can be played', async (t) => {
  const { db, add, know, qualities } = await startVideoLibrary(t);
  const id = add();
  const originalBytes = ORIGINAL.length;
  const none = { originalPlays: null, originalBytes, small: 'none', smallBytes: null, problem: null };
  assert.deepEqual((await qualities(id)).json, none);
  db.prepare(`INSERT INTO job (kind, asset_id, due_at, created_at) VALUES ('rendition', ?, 0, 0)`).run(id);
  assert.deepEqual((await qualities(id)).json, { ...none, small: 'making' });
  know(id, 'phones');
  const ready = { small: 'ready', smallBytes: SMALL.length, originalPlays: 'phones' };
  assert.deepEqual((await qualities(id)).json, { ...none, ...ready });
  know(id, 'everywhere', null);
  assert.deepEqual((await qualities(id)).json, { ...none, small: 'needless', originalPlays: 'everywhere' });
  renditionChanges(db).record({
    ...{ assetId: id, originalBytes, plays: 'nowhere', bytes: null, now: 2 },
    ...{ problemCode: 'damaged', problemMessage: 'This file is damaged and cannot be opened.' },
  });
  const problem = { code: 'damaged', message: 'This file is damaged and cannot be opened.' };
  assert.deepEqual((await qualities(id)).json, { ...none, originalPlays: 'nowhere', problem });
});

test('qualities and small versions are for those who may see the video', async (t) => {
  const { ann, bob, db, addAsset, add, know, play, qualities } = await startVideoLibrary(t);
  const [id, locked] = [add(), add({ visibility: 'locked' })];
  for (const one of [id, locked]) know(one, 'nowhere');
  assert.equal((await qualities(id, bob)).status, 400);
  assert.equal((await play(id, '?quality=small', {}, bob)).response.status, 400);
  assert.equal((await qualities(locked)).status, 400);
  assert.equal((await play(locked, '?quality=small')).response.status, 400);
  db.prepare('UPDATE session SET elevated_until = ?').run(Number.MAX_SAFE_INTEGER);
  assert.equal((await qualities(locked)).json.small, 'ready');
  const { response, bytes } = await play(locked, '?quality=small');
  assert.deepEqual([bytes, response.headers.get('cache-control')], [SMALL, 'no-store']);
  // A photo has no qualities.
  assert.equal((await qualities(addAsset(ann.id))).status, 404);
});

test('guests play the small version too, also of a film whose secrets nobody can tell apart', async (t) => {
  const { ann, add, know, ask, call } = await startVideoLibrary(t);
  const [id, other] = [add(), add()];
  for (const one of [id, other]) know(one, 'phones');
  const guest = { id: '', authorization: '' };
  for (const showMetadata of [true, false]) {
    const link = { type: 'INDIVIDUAL', assetIds: [id], showMetadata, allowDownload: false };
    const { key } = (await ask(ann, 'POST', '/shared-links', link)).json;
    const get = async (one: string, query: string) =>
      (await call(guest, 'GET', `/assets/${one}/video/playback?key=${key}${query}`)).text();
    assert.equal(await get(id, '&quality=small'), SMALL.toString());
    // Without metadata the original is not sent, since nobody can read what it says.
    assert.equal(await get(id, ''), (showMetadata ? ORIGINAL : SMALL).toString());
    assert.doesNotMatch(await get(other, '&quality=small'), /small version/);
    const told = await ask(guest, 'GET', `/appliance/assets/${id}/video?key=${key}`);
    assert.equal(told.json.small, 'ready');
    assert.equal((await ask(guest, 'GET', `/appliance/assets/${other}/video?key=${key}`)).status, 400);
  }
});
