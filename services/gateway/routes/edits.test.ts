import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editChanges, editedFiles } from '#catalog/edits';
import { type AssetColumns, putFile, startTestLibrary } from '#test/fixtures/library';

const crop = (x: number, y: number, width: number, height: number) => ({
  action: 'crop',
  parameters: { x, y, width, height },
});
const rotate = (angle: number) => ({ action: 'rotate', parameters: { angle } });
const mirror = (axis: string) => ({ action: 'mirror', parameters: { axis } });
const SIZE = { width_px: 400, height_px: 300, thumbhash: 'plain' };

test('edits are kept in their order, and ingest is asked for the picture', async (t) => {
  const { ann, db, addAsset, ask, woken } = await startTestLibrary(t);
  const id = addAsset(ann.id, SIZE);
  assert.deepEqual((await ask(ann, 'GET', `/assets/${id}/edits`)).json, { assetId: id, edits: [] });
  const edits = [crop(10, 20, 390, 280), rotate(90), mirror('vertical')];
  const put = await ask(ann, 'PUT', `/assets/${id}/edits`, { edits });
  assert.equal(put.status, 200);
  assert.deepEqual(
    put.json.edits.map(({ id: _, ...edit }: { id: string }) => edit),
    edits,
  );
  assert.deepEqual((await ask(ann, 'GET', `/assets/${id}/edits`)).json, put.json);
  assert.deepEqual(db.prepare('SELECT kind, asset_id FROM job').all(), [{ kind: 'edit', asset_id: id }]);
  assert.equal(woken.count, 1);
  const again = await ask(ann, 'PUT', `/assets/${id}/edits`, { edits: [rotate(180)] });
  assert.equal(again.json.edits.length, 1);
  assert.equal((await ask(ann, 'GET', `/assets/${id}`)).json.isEdited, false);
});

test('what is no photo, or no part of it, is refused', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const put = async (id: string, edits: object[], who = ann) =>
    (await ask(who, 'PUT', `/assets/${id}/edits`, { edits })).json.code;
  const id = addAsset(ann.id, SIZE);
  const video = addAsset(ann.id, { ...SIZE, type: 'VIDEO', mime_type: 'video/mp4' });
  assert.equal(await put(video, [rotate(90)]), 'edit_kind');
  for (const columns of [
    { live_video_id: video },
    { projection_type: 'EQUIRECTANGULAR' },
    { mime_type: 'image/gif' },
    { mime_type: 'image/svg+xml' },
  ] as AssetColumns[])
    assert.equal(await put(addAsset(ann.id, { ...SIZE, ...columns }), [rotate(90)]), 'edit_kind');
  assert.equal(await put(addAsset(ann.id), [rotate(90)]), 'edit_not_ready');
  for (const edits of [
    [crop(0, 0, 401, 300)],
    [crop(1, 0, 400, 300)],
    [crop(0, 299, 10, 2)],
    [rotate(90), crop(0, 0, 10, 10)],
    [crop(0, 0, 100, 100), crop(0, 0, 10, 10)],
  ])
    assert.equal(await put(id, edits), 'edit_crop', JSON.stringify(edits));
  for (const edits of [[], [rotate(45)], [crop(-1, 0, 5, 5)], [crop(0, 0, 0, 5)], [mirror('diagonal')]])
    assert.equal(await put(id, edits), 'validation', JSON.stringify(edits));
  assert.equal(await put(id, [rotate(90)], bob), 'not_found_or_no_access');
  assert.equal((await ask(bob, 'GET', `/assets/${id}/edits`)).status, 400);
  assert.equal((await ask(bob, 'DELETE', `/assets/${id}/edits`)).status, 400);
});

test('the edited picture is sent where it is asked for, and undoing shows the plain one again', async (t) => {
  const { ann, db, layout, addAsset, call, ask, heard } = await startTestLibrary(t);
  const id = addAsset(ann.id, {
    ...SIZE,
    preview_bytes: 5,
    thumbnail_bytes: 5,
    original_bytes: 8,
  });
  const path = db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string;
  const derivedPath = layout.derivedPath(id);
  const names = editedFiles('v1');
  putFile(layout, path, 'original');
  putFile(layout, `${derivedPath}/preview.jpg`, 'plain');
  putFile(layout, `${derivedPath}/thumbnail.webp`, 'plain');
  putFile(layout, `${derivedPath}/${names.full}`, 'edited full');
  putFile(layout, `${derivedPath}/${names.preview}`, 'edited preview');
  putFile(layout, `${derivedPath}/${names.thumbnail}`, 'edited thumbnail');
  await ask(ann, 'PUT', `/assets/${id}/edits`, { edits: [rotate(90)] });
  const steps = db
    .prepare(
      `SELECT json_group_array(json_object('id', id, 'action', action, 'parameters', json(parameters))) FROM asset_edit`,
    )
    .pluck()
    .get() as string;
  const finding = {
    assetId: id,
    derivedPath,
    version: 'v1',
    fullBytes: 11,
    previewBytes: 14,
    thumbnailBytes: 16,
    thumbhash: 'edited',
    widthPx: 300,
    heightPx: 400,
    now: 1,
  };
  assert.equal(editChanges(db).recordPicture({ ...finding, steps: '[]' }), false);
  assert.equal(editChanges(db).recordPicture({ ...finding, steps }), true);

  const text = async (query: string) => {
    const response = await call(ann, 'GET', `/assets/${id}/${query}`);
    return `${response.status} ${response.headers.get('content-type')} ${await response.text()}`;
  };
  assert.equal(await text('thumbnail?edited=true'), '200 image/webp edited thumbnail');
  assert.equal(await text('thumbnail?size=preview&edited=true'), '200 image/jpeg edited preview');
  assert.equal(await text('original?edited=true'), '200 image/jpeg edited full');
  assert.equal(await text('thumbnail?edited=false'), '200 image/webp plain');
  assert.equal(await text('thumbnail?size=preview'), '200 image/jpeg plain');
  assert.equal(await text('original'), '200 image/jpeg original');
  const zip = async (edited: boolean) =>
    (await call(ann, 'POST', '/download/archive', { assetIds: [id], edited })).text();
  assert.match(await zip(true), /edited full/);
  assert.doesNotMatch(await zip(false), /edited full/);
  const full = await call(ann, 'GET', `/assets/${id}/thumbnail?size=fullsize&edited=true`);
  assert.equal(full.headers.get('location'), 'original?edited=true');
  const { json: shown } = await ask(ann, 'GET', `/assets/${id}`);
  assert.deepEqual([shown.isEdited, shown.width, shown.height, shown.thumbhash], [true, 300, 400, 'edited']);
  // A crop goes on being measured in the plain picture.
  assert.equal((await ask(ann, 'PUT', `/assets/${id}/edits`, { edits: [crop(0, 0, 400, 300)] })).status, 200);

  assert.equal((await ask(ann, 'DELETE', `/assets/${id}/edits`)).status, 204);
  const { json: undone } = await ask(ann, 'GET', `/assets/${id}`);
  assert.deepEqual(
    [undone.isEdited, undone.width, undone.height, undone.thumbhash],
    [false, 400, 300, 'plain'],
  );
  assert.equal(await text('thumbnail?edited=true'), '200 image/webp plain');
  assert.deepEqual(
    db.prepare('SELECT path FROM file_removal ORDER BY path').pluck().all(),
    Object.values(names)
      .map((name) => `${derivedPath}/${name}`)
      .sort(),
  );
  const ready = heard.filter(({ name }) => name === 'AssetEditReadyV2');
  assert.equal(ready.length, 1);
  const [{ asset, edit }] = ready[0]!.args as [{ asset: Record<string, unknown>; edit: unknown[] }];
  assert.deepEqual([asset['isEdited'], asset['thumbhash'], edit], [false, 'plain', []]);
  // Undoing nothing is no news.
  assert.equal((await ask(ann, 'DELETE', `/assets/${id}/edits`)).status, 204);
  assert.equal(heard.filter(({ name }) => name === 'AssetEditReadyV2').length, 1);
});
