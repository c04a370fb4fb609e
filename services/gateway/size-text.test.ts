import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeText } from './size-text.ts';

test('sizes are told in the unit that people would choose', () => {
  assert.equal(sizeText(0), '0 B');
  assert.equal(sizeText(1023), '1023 B');
  assert.equal(sizeText(1024), '1.0 KiB');
  assert.equal(sizeText(1024 ** 2 - 1), '1.0 MiB');
  assert.equal(sizeText(2_000_000_000_000), '1.8 TiB');
});
