import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildFolderTree, type Folder, findFolder } from './folder-tree.ts';

const drawn = ({ path, hasPhotos, inside }: Folder): unknown[] => [
  hasPhotos ? `${path} *` : path,
  ...inside.map(drawn),
];

test('folders stand inside each other, and a way without choices is one step', () => {
  const top = buildFolderTree([
    'library/ann/2023/2023-12',
    'library/ann/2024/2024-05',
    'library/ann/2024/2024-10',
    '/mnt/usb/Scans',
    '/mnt/usb/Scans/Attic',
  ]);
  assert.deepEqual(drawn(top), [
    '',
    [
      'library/ann',
      ['library/ann/2023', ['library/ann/2023/2023-12 *']],
      ['library/ann/2024', ['library/ann/2024/2024-05 *'], ['library/ann/2024/2024-10 *']],
    ],
    ['/mnt/usb/Scans *', ['/mnt/usb/Scans/Attic *']],
  ]);
});

test('folders are in the order people count in', () => {
  const top = buildFolderTree(['/a/Film 10', '/a/Film 9']);
  assert.deepEqual(
    top.inside[0]!.inside.map(({ name }) => name),
    ['Film 9', 'Film 10'],
  );
});

test('the way to a folder begins at the top; a folder that is gone has none', () => {
  const top = buildFolderTree(['library/ann/2024/2024-05', 'library/ann/2023/2023-01']);
  assert.deepEqual(
    findFolder(top, 'library/ann/2024/2024-05')?.map(({ path }) => path),
    ['', 'library/ann', 'library/ann/2024', 'library/ann/2024/2024-05'],
  );
  assert.equal(findFolder(top, 'library/ann/2025'), undefined);
  assert.deepEqual(drawn(buildFolderTree([])), ['']);
});
