import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { updateFault } from '#contract/appliance-updates';
import { createLog } from '#runtime/log';
import { openBundleMaker } from '#test/fixtures/update-bundles';
import { openMemory } from '../memory.ts';
import { openRauc } from '../rauc.ts';
import { decide } from './decide.ts';

const trouble = { reason: 'x.service is failed', fault: updateFault('service_down', { unit: 'x' }) };

/** A box that runs in slot B, beside A, which starts (as the recorded status says of the one that runs). */
async function makeBox(t: TestContext, { isAlone = false } = {}) {
  const stateDir = mkdtempSync(join(tmpdir(), 'gate-'));
  t.after(() => rmSync(stateDir, { recursive: true }));
  const player = (await openBundleMaker(t)).playBack();
  const memory = openMemory(stateDir);
  const real = openRauc(player.rauc);
  const slots = async () =>
    (await real.readSlots()).map((slot) => ({
      ...slot,
      isRunning: slot.name === 'B',
      isGood: slot.name === 'B' || !isAlone,
    }));
  const done: string[] = [];
  return {
    memory,
    stateDir,
    done,
    calls: player.calls,
    end: (found: typeof trouble | undefined, version = '0.2.0') =>
      decide(
        {
          running: { version, slot: 'B', bootId: 'now' },
          memory,
          rauc: { ...real, readSlots: slots },
          pool: null,
          now: () => 5,
          restart: async () => void done.push(readReason(stateDir)),
          log: createLog('gate', 'silent'),
        },
        found,
      ),
  };
}

const readReason = (stateDir: string): string => readFileSync(join(stateDir, 'slot-failure.json'), 'utf8');

test('a slot that is well is marked, remembered, and sets what may not be gone below', async (t) => {
  const box = await makeBox(t);
  await box.end(undefined);
  assert.deepEqual(box.calls(), ['status mark-good']);
  assert.deepEqual(await box.memory.read('updates/kept.v1.json'), {
    ...{ version: '0.2.0', slot: 'B', at: 5, pool: null },
  });
  assert.deepEqual(await box.memory.read('updates/minimum.v1.json'), { version: '0.2.0' });
  // An older one that runs again, because the newer one no longer starts, does not open the way back.
  await box.end(undefined, '0.1.0');
  assert.deepEqual(await box.memory.read('updates/minimum.v1.json'), { version: '0.2.0' });
  assert.equal((await box.memory.read('updates/kept.v1.json'))?.version, '0.1.0');
  assert.deepEqual(box.done, []);
});

test('a new slot that is not well is given up, and why is on the card before the box starts again', async (t) => {
  const box = await makeBox(t);
  await box.end(trouble);
  assert.equal(box.done.length, 1);
  // This form is also read by the test that watches it happen on the image.
  assert.match(box.done[0]!, /^\{"slot":"B","reason":"x.service is failed","version":"0.2.0"/);
  assert.ok(!box.calls().includes('status mark-good'));
  assert.equal(await box.memory.read('updates/minimum.v1.json'), undefined);
});

test('a version that was kept once is not left for a drive that died', async (t) => {
  const box = await makeBox(t);
  await box.end(undefined);
  await box.end(trouble);
  assert.deepEqual(box.done, []);
  assert.deepEqual(box.calls(), ['status mark-good', 'status mark-good']);
});

test('with nothing to go back to the box goes on as it is', async (t) => {
  const box = await makeBox(t, { isAlone: true });
  await box.end(trouble);
  assert.deepEqual(box.done, []);
  assert.ok(!box.calls().includes('status mark-good'));
});
