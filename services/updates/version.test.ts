import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, isVersion, newerOf } from './version.ts';

test('versions are in the order of Semantic Versioning', () => {
  const inOrder = [
    '0.1.0',
    '0.2.0-dev',
    '0.2.0-dev.2',
    '0.2.0-dev.10',
    '0.2.0-rc',
    '0.2.0',
    '0.10.0',
    '1.0.0-1',
    '1.0.0-alpha',
    '1.0.0',
    '10.0.0',
  ];
  for (const [index, version] of inOrder.entries())
    for (const [other, another] of inOrder.entries())
      assert.equal(
        Math.sign(compareVersions(version, another)),
        Math.sign(index - other),
        `${version} ${another}`,
      );
});

test('what is no version is not compared but refused', () => {
  for (const text of ['', '1', '1.0', 'v1.0.0', '1.0.0+build', '1.0.0-', '1.0.0 ', '../1.0.0', '1.0.0-A'])
    assert.equal(isVersion(text), false, text);
  assert.throws(() => compareVersions('1.0.0', 'newest'), /not a version: newest/);
});

test('the minimum only grows', () => {
  assert.equal(newerOf(undefined, '0.1.0'), '0.1.0');
  assert.equal(newerOf('0.2.0', '0.1.0'), '0.2.0');
  assert.equal(newerOf('0.1.0', '0.2.0'), '0.2.0');
});
