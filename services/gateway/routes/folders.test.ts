import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOON, startTestLibrary } from '#test/fixtures/library';

test('folders are those that hold something to see, and each shows only what lies directly in it', async (t) => {
  const { ann, bob, addAsset, ask } = await startTestLibrary(t);
  const add = (who: typeof ann, path: string, columns = {}) => addAsset(who.id, { path, ...columns });
  const may = 'library/ann/2024/2024-05';
  const second = add(ann, `${may}/b.jpg`);
  const first = add(ann, `${may}/a (2).jpg`);
  add(ann, `${may}0/c.jpg`);
  add(ann, 'library/ann/2023/2023-12/d.jpg');
  add(ann, 'library/ann/2022/2022-01/e.jpg', { trashed_at: NOON });
  add(ann, 'library/ann/2021/2021-01/f.jpg', { visibility: 'locked' });
  add(bob, 'library/bob/2024/2024-05/g.jpg');
  add(bob, 'library/anna/2024/2024-05/h.jpg');
  const paths = await ask(ann, 'GET', '/view/folder/unique-paths');
  assert.deepEqual(paths.json, ['library/ann/2023/2023-12', may, `${may}0`]);
  const list = async (who: typeof ann, path: string) =>
    (await ask(who, 'GET', `/view/folder?path=${encodeURIComponent(path)}`)).json.map(
      ({ id }: { id: string }) => id,
    );
  assert.deepEqual(await list(ann, may), [first, second]);
  assert.deepEqual(await list(ann, `${may}/`), [first, second]);
  assert.deepEqual(await list(ann, 'library/ann/2024'), []);
  assert.deepEqual(await list(ann, 'library/ann/2021/2021-01'), []);
  assert.deepEqual(await list(bob, may), []);
});
