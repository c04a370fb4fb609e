import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEntry } from './dropped-files.ts';

/** What a browser hands over for a dropped file. */
function fileEntry(name: string): FileSystemEntry {
  const entry = {
    name,
    isFile: true,
    isDirectory: false,
    file: (done: (file: File) => void) => done(new File(['x'], name)),
  };
  return entry as unknown as FileSystemEntry;
}

/** What Chromium hands over for a dropped folder: its entries, at most 100 a time. */
function folderEntry(name: string, children: FileSystemEntry[]): FileSystemEntry {
  const entry = {
    name,
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const left = [...children];
      return { readEntries: (done: (batch: FileSystemEntry[]) => void) => done(left.splice(0, 100)) };
    },
  };
  return entry as unknown as FileSystemEntry;
}

test('a folder is walked to its end, however many files it holds', async () => {
  const many = Array.from({ length: 250 }, (_, index) => fileEntry(`${index}.jpg`));
  const files = await readEntry(folderEntry('Holidays', [folderEntry('2024', many), fileEntry('cover.jpg')]));
  assert.equal(files.length, 251);
  assert.equal(files[250]?.name, 'cover.jpg');
});

test('what file managers leave behind is not uploaded', async () => {
  const files = await readEntry(
    folderEntry('Holidays', [
      fileEntry('.DS_Store'),
      fileEntry('Thumbs.db'),
      folderEntry('.thumbnails', [fileEntry('1.jpg')]),
      fileEntry('beach.jpg'),
    ]),
  );
  assert.deepEqual(
    files.map(({ name }) => name),
    ['beach.jpg'],
  );
});

test('a file that cannot be read rejects instead of going missing', async () => {
  const entry = {
    name: 'gone.jpg',
    isFile: true,
    file: (_done: unknown, fail: (error: DOMException) => void) =>
      fail(new DOMException('gone', 'NotFoundError')),
  };
  await assert.rejects(readEntry(entry as unknown as FileSystemEntry), { name: 'NotFoundError' });
});
