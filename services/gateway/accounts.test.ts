import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newToken } from './accounts.ts';

test('no token can be taken for an option of a command', () => {
  // By chance one in 64 would begin so.
  const tokens = Array.from({ length: 2000 }, newToken);
  assert.deepEqual(
    tokens.filter((token) => !/^\w[\w-]{42}$/.test(token)),
    [],
  );
  assert.equal(new Set(tokens).size, tokens.length);
});
