import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { besidePath, replaceFile, syncReplaced } from './atomic-write.ts';

function openFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-atomic-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a file is replaced as a whole and nothing is left beside it', async (t) => {
  const folder = openFolder(t);
  const path = join(folder, 'a.xmp');
  await replaceFile({ path, content: 'one' });
  // What a crash in the middle of writing leaves is overwritten.
  writeFileSync(besidePath(path), 'half of something much longer than the new content');
  await replaceFile({ path, content: 'two' });
  await syncReplaced([path, path]);
  assert.equal(readFileSync(path, 'utf8'), 'two');
  assert.deepEqual(readdirSync(folder), ['a.xmp']);
});

test('when the new content cannot be written the old one stays', async (t) => {
  const folder = openFolder(t);
  const path = join(folder, 'a.xmp');
  writeFileSync(path, 'old');
  mkdirSync(besidePath(path));
  await assert.rejects(replaceFile({ path, content: 'new' }), { code: 'EISDIR' });
  assert.equal(readFileSync(path, 'utf8'), 'old');
});

test('the longest name a file system takes has room for the name beside it', (t) => {
  const path = join(openFolder(t), 'ä'.repeat(127));
  assert.ok(Buffer.byteLength(basename(besidePath(path))) < 64);
  assert.notEqual(besidePath(path), besidePath(`${path}b`));
});
