import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runKillRounds } from './kill-rounds.ts';

test('100 kills at random moments lose nothing, double nothing and leave nothing behind', {
  timeout: 400_000,
}, async (t) => {
  const seed = Date.now() % 2 ** 31;
  t.diagnostic(`seed ${seed}`);
  const report = await runKillRounds(100, seed);
  t.diagnostic(JSON.stringify(report));
  assert.ok(report.acknowledged >= 20, 'enough was uploaded to prove anything');
});
