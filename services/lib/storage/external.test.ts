import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { externalPath, findExternalFile, openExternal } from './external.ts';
import { walkExternal } from './external-walk.ts';

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'external-')));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('a catalog path leads to the file outside, and one inside the pool leads to none', () => {
  const id = '0b1b7b0e-6a3f-4d2a-9d0a-1f2e3d4c5b6a';
  const path = externalPath(id, '/media/usb/a b.jpg');
  assert.equal(path, `external/${id}/media/usb/a b.jpg`);
  assert.equal(findExternalFile(path), '/media/usb/a b.jpg');
  for (const inside of ['library/ann/a.jpg', 'external/a.jpg', `library/external/${id}/a.jpg`])
    assert.equal(findExternalFile(inside), undefined);
});

test('a file is opened by its own name only: no link, no folder and no pipe in its place', async (t) => {
  const folder = await makeFolder(t);
  await mkdir(join(folder, 'photos/2019'), { recursive: true });
  const file = join(folder, 'photos/2019/a.jpg');
  await writeFile(file, 'a');
  const handle = await openExternal(file);
  assert.equal(await handle?.readFile('utf8'), 'a');
  await handle?.close();
  assert.equal(await openExternal(join(folder, 'photos/2019')), undefined);
  assert.equal(await openExternal(join(folder, 'photos/2019/b.jpg')), undefined);
  assert.equal(await openExternal(join(file, 'b.jpg')), undefined);
  await symlink(file, join(folder, 'link.jpg'));
  assert.equal(await openExternal(join(folder, 'link.jpg')), undefined);
  await rename(join(folder, 'photos/2019'), join(folder, 'elsewhere'));
  await symlink(join(folder, 'elsewhere'), join(folder, 'photos/2019'));
  assert.equal(await openExternal(file), undefined);
});

test('a walk that was stopped anywhere goes on with the rest, and misses nothing', async (t) => {
  const folder = await makeFolder(t);
  const dirs = ['', 'a', 'a/b', 'a/b/c', 'a!', 'a-', 'b', 'b/a', 'z/y/x'];
  for (const dir of dirs) {
    await mkdir(join(folder, dir), { recursive: true });
    await writeFile(join(folder, dir, '1.jpg'), '');
    await writeFile(join(folder, dir, '2.txt'), '');
    await writeFile(join(folder, dir, '.hidden.jpg'), '');
  }
  await mkdir(join(folder, 'left out/below'), { recursive: true });
  await symlink(join(folder, 'a'), join(folder, 'link'));
  const options = {
    isWanted: (path: string) => path.endsWith('.jpg'),
    isLeftOut: (path: string) => path === 'left out',
    onUnreadable: () => assert.fail('all of it can be read'),
  };
  const walk = async (after?: string) => {
    const found: string[] = [];
    for await (const { dir, names } of walkExternal(folder, { ...options, after: after ?? null })) {
      assert.deepEqual(names, dirs.includes(dir) ? ['1.jpg'] : []);
      found.push(dir);
    }
    return found;
  };
  const all = await walk();
  assert.deepEqual(all.toSorted(), [...dirs, 'z', 'z/y'].sort());
  for (const [at, dir] of all.entries()) assert.deepEqual(await walk(dir), all.slice(at + 1));
  // The one that it ended at may be gone meanwhile.
  await rm(join(folder, 'a/b'), { recursive: true });
  assert.deepEqual(await walk('a/b'), all.slice(all.indexOf('a/b/c') + 1));
});
