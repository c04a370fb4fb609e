import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isExcluded } from './exclusion.ts';

const matches = (pattern: string, path: string) => isExcluded([pattern], '/media/photos', path);

test('a pattern leaves out what it matches below the folder or as a whole path, and nothing else', () => {
  const cases: [pattern: string, path: string, isLeftOut: boolean][] = [
    ['**/*.tif', 'a.tif', true],
    ['**/*.tif', '2019/summer/a.tif', true],
    ['**/*.tif', '2019/a.tiff', false],
    ['*.tif', 'a.tif', true],
    ['*.tif', '2019/a.tif', false],
    ['**/Raw/**', '2019/Raw/a.dng', true],
    ['**/Raw/**', 'Raw', true],
    ['**/Raw/**', '2019/Rawhide/a.dng', false],
    ['2019/?.jpg', '2019/a.jpg', true],
    ['2019/?.jpg', '2019/ab.jpg', false],
    ['2019/?.jpg', '2019/ü.jpg', true],
    ['/media/photos/2019/**', '2019/a.jpg', true],
    ['/media/other/**', '2019/a.jpg', false],
    ['a.jpg', 'A.jpg', false],
    ['a.b', 'axb', false],
    ['**', 'anything/at/all', true],
  ];
  for (const [pattern, path, isLeftOut] of cases)
    assert.equal(matches(pattern, path), isLeftOut, `${pattern} of ${path}`);
  assert.equal(isExcluded([], '/media/photos', 'a.jpg'), false);
});

test('a pattern made of stars is answered about a long name as well', () => {
  assert.equal(matches(`${'*a'.repeat(200)}b`, 'a'.repeat(250)), false);
  assert.equal(matches(`${'**/a/'.repeat(80)}b`, 'a/'.repeat(1000)), false);
});
