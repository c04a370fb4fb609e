import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { liveThrough } from './sync-history.ts';

test('devices that sync now and then hold what the catalog says, whatever happens', async (t) => {
  for (const seed of [7, randomInt(2 ** 31)]) {
    t.diagnostic(`seed ${seed}`);
    const { lines } = await liveThrough(600, seed).catch((cause: unknown) => {
      throw new Error(`with seed ${seed}`, { cause });
    });
    assert.ok(lines > 1000, `${lines} lines`);
  }
});
