import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateFault } from '#contract/appliance-updates';
import { type Trouble, waitUntilWell } from './hold.ts';

const down: Trouble = { reason: 'x is failed', fault: updateFault('service_down', { unit: 'x' }) };
const silent: Trouble = { reason: 'no answer', fault: updateFault('page_silent') };

/** Runs the gate over looks that each take their turn; the last one stays. Returns when it ended, in seconds. */
async function watch(looks: (Trouble | undefined)[]) {
  let at = 0;
  let turn = 0;
  const trouble = await waitUntilWell({
    look: async () => looks[Math.min(turn++, looks.length - 1)],
    now: () => at,
    sleep: async (ms) => {
      at += ms;
    },
    steadyMs: 180_000,
    limitMs: 600_000,
  });
  return { reason: trouble?.reason, seconds: at / 1000 };
}

test('a box that is well is kept after three minutes, and not before', async () => {
  assert.deepEqual(await watch([undefined]), { reason: undefined, seconds: 180 });
});

test('the three minutes begin anew with every trouble', async () => {
  const looks = [silent, silent, ...Array(10).fill(undefined), down, undefined];
  assert.deepEqual(await watch(looks), { reason: undefined, seconds: 310 });
});

test('what is wrong at the end is the reason', async () => {
  assert.deepEqual(await watch([silent, undefined, down]), { reason: 'x is failed', seconds: 600 });
});

test('a box that is well for minutes only is given up for that', async () => {
  const looks = Array.from({ length: 100 }, (_, index) => (index % 13 === 12 ? silent : undefined));
  assert.deepEqual(await watch(looks), { reason: 'it was never well for 180 seconds', seconds: 600 });
});
