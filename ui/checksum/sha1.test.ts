import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { createSha1 } from './sha1.ts';

const expected = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('base64');

test('every length around the edges of blocks gives the checksum that the server computes', () => {
  for (const length of [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 1000]) {
    const bytes = randomBytes(length);
    const sha1 = createSha1();
    sha1.add(bytes);
    assert.equal(sha1.finish(), expected(bytes), `${length} bytes`);
  }
});

test('it does not matter in which pieces the bytes come', () => {
  const bytes = randomBytes(100_003);
  const sha1 = createSha1();
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7) % 611 || 1)
    sha1.add(bytes.subarray(at, at + size));
  assert.equal(sha1.finish(), expected(bytes));
});
