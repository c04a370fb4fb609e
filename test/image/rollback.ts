import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import {
  FRESH_ENVIRONMENT,
  grubEnvironment,
  readGrubEnvironment,
} from '../../image-build/grub-environment.ts';
import { BOOT_MS, checkHealthy, runningSlot, waitForStart } from './healthy.ts';
import { startMachine } from './machine.ts';
import {
  copySlotToB,
  flashCard,
  partitionBytes,
  readFatFile,
  writeFatFile,
  writePartition,
} from './released-image.ts';

/** Puts an environment, or what is left of one, on a card: both copies. */
function setEnvironment(disk: string, block: Uint8Array): void {
  const file = join(dirname(disk), 'grubenv');
  writeFileSync(file, block);
  for (const name of ['grubenv', 'grubenv.bak']) writeFatFile(disk, 'bootstate', name, file);
}

for (const kind of ['u-boot', 'edk2'] as const)
  test(`a slot that never starts is tried three times, then the other one runs (${kind})`, async (t) => {
    const disk = flashCard(t);
    // B is empty in a new image, which is as dead as a slot can be.
    setEnvironment(disk, grubEnvironment({ ...FRESH_ENVIRONMENT, ORDER: 'B A', B_OK: '1' }));
    const machine = await startMachine(t, { kind, disk });
    await machine.waitForSerial(/slot A, try 1/, BOOT_MS);
    assert.deepEqual(machine.serial().match(/slot \w, try \d/g), [
      'slot B, try 1',
      'slot B, try 2',
      'slot B, try 3',
      'slot A, try 1',
    ]);
    await waitForStart(machine);
    assert.equal(await runningSlot(machine), 'A');
    await checkHealthy(machine);
  });

test('a root that is not what was signed stops the machine; after three tries the other slot runs', async (t) => {
  const disk = flashCard(t);
  copySlotToB(disk);
  setEnvironment(disk, grubEnvironment({ ...FRESH_ENVIRONMENT, B_OK: '1' }));
  const bad = Buffer.from('deadbeef', 'hex');
  for (let at = 0; at < partitionBytes('root-a'); at += 256 * 1024) writePartition(disk, 'root-a', at, bad);
  const machine = await startMachine(t, { kind: 'u-boot', disk });
  await machine.waitForSerial(/slot B, try 1/, 3 * BOOT_MS);
  assert.equal(machine.serial().match(/slot A, try/g)?.length, 3);
  await waitForStart(machine);
  assert.equal(await runningSlot(machine), 'B');
  await checkHealthy(machine);
});

for (const [name, spoil] of [
  ['both copies are empty', (disk: string) => setEnvironment(disk, new Uint8Array())],
  [
    'both copies are torn',
    (disk: string) => setEnvironment(disk, grubEnvironment(FRESH_ENVIRONMENT).subarray(0, 300)),
  ],
  [
    'its partition is all zeros',
    (disk: string) => writePartition(disk, 'bootstate', 0, new Uint8Array(partitionBytes('bootstate'))),
  ],
] as const)
  test(`the box starts although the environment is lost: ${name}`, async (t) => {
    const disk = flashCard(t);
    spoil(disk);
    const machine = await startMachine(t, { kind: 'u-boot', disk });
    await machine.waitForShell(BOOT_MS);
    assert.equal(await runningSlot(machine), 'A');
  });

test('one torn copy of the environment loses nothing: the other one says which slot to start', async (t) => {
  const disk = flashCard(t);
  copySlotToB(disk);
  setEnvironment(disk, grubEnvironment({ ...FRESH_ENVIRONMENT, ORDER: 'B A', B_OK: '1' }));
  const torn = join(dirname(disk), 'torn');
  writeFileSync(torn, '');
  writeFatFile(disk, 'bootstate', 'grubenv', torn);
  const machine = await startMachine(t, { kind: 'u-boot', disk });
  await machine.waitForSerial(/slot B, try 1/, BOOT_MS);
  await machine.waitForShell(BOOT_MS);
  // The updater's backend makes the torn copy whole again the next time it writes.
  await machine.run('/usr/lib/shoebox/rauc-backend set-state B good; sync');
  await machine.cutPower();
  assert.equal(readGrubEnvironment(readFatFile(disk, 'bootstate', 'grubenv'))['ORDER'], 'B A');
});
