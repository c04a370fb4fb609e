import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  FRESH_ENVIRONMENT,
  grubEnvironment,
  readGrubEnvironment,
} from '../../image-build/grub-environment.ts';
import { makeDevelopmentKeys } from '../../image-build/keys.ts';
import { BOOT_MS, checkHealthy, runningSlot, waitForStart } from './healthy.ts';
import { type Machine, startMachine } from './machine.ts';
import {
  copySlotToB,
  findRelease,
  flashCard,
  readFatFile,
  readPartition,
  runTool,
  writeFatFile,
} from './released-image.ts';

/** How long writing a slot takes, emulated. */
const INSTALL_MS = 15 * 60_000;

/** An emulated installation takes about as long; sooner or later than its end, both are worth a try. */
const MOST_KILL_MS = 60_000;

/** How often the power goes in the middle of an installation. SHOEBOX_TEST_KILLS for more. */
const KILLS = Number(process.env.SHOEBOX_TEST_KILLS ?? 3);

/** A drive with these bundles on it. */
function makeBundleDrive(disk: string, bundles: readonly string[]): string {
  const folder = join(dirname(disk), 'bundles');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const bundle of bundles) copyFileSync(bundle, join(folder, basename(bundle)));
  const drive = join(dirname(disk), 'bundles.img');
  rmSync(drive, { force: true });
  const mib = bundles.reduce((sum, bundle) => sum + Math.ceil(statSync(bundle).size / 1024 ** 2), 64);
  execFileSync('mkfs.ext4', ['-q', '-d', folder, drive, `${mib}M`]);
  rmSync(folder, { recursive: true });
  return drive;
}

const MOUNT =
  'mkdir -p /run/update; mountpoint -q /run/update || mount -o ro /dev/disk/by-id/virtio-TEST-DRIVE-0 /run/update';
const install = (machine: Machine, bundle: string) =>
  machine.run(`${MOUNT}; rauc install /run/update/${basename(bundle)}`, INSTALL_MS);

/** Starts a card with a drive that holds the bundles, and waits for its shell. */
async function startWithBundles(t: TestContext, disk: string, ...bundles: string[]): Promise<Machine> {
  const machine = await startMachine(t, { kind: 'u-boot', disk, drives: [makeBundleDrive(disk, bundles)] });
  await waitForStart(machine);
  return machine;
}

/** Whether the first MiB of every partition of slot B is as empty as in a new image. */
function isSlotBEmpty(disk: string): boolean {
  return (['boot-b', 'root-b', 'verity-b'] as const).every((name) =>
    readPartition(disk, name, 0, 1024 ** 2).every((byte) => byte === 0),
  );
}

const environmentOf = (disk: string) => readGrubEnvironment(readFatFile(disk, 'bootstate', 'grubenv'));

test('an update signed by somebody else is refused and nothing is written; a changed one is not started', async (t) => {
  const disk = flashCard(t);
  const keys = await makeDevelopmentKeys(join(dirname(disk), 'keys'));
  const foreign = join(dirname(disk), 'foreign.raucb');
  resign(findRelease().updateFile, foreign, keys);
  const changed = join(dirname(disk), 'changed.raucb');
  const bytes = readFileSync(findRelease().updateFile);
  // In the middle is the root; its hash is signed, so the change shows when that block is read.
  bytes[Math.floor(bytes.length / 2)]! ^= 0xff;
  writeFileSync(changed, bytes);

  const machine = await startWithBundles(t, disk, foreign, changed);
  await assert.rejects(install(machine, foreign), /signature verification failed|self-signed|unable to get/i);
  await machine.run('sync');
  assert.ok(isSlotBEmpty(disk));
  await assert.rejects(install(machine, changed));
  await machine.cutPower();
  const { ORDER, A_OK, B_OK } = environmentOf(disk);
  assert.deepEqual({ ORDER, A_OK, B_OK }, { ORDER: 'A B', A_OK: '1', B_OK: '0' });
});

test('an update is written to the other slot, starts, and is kept once the box is well', async (t) => {
  const disk = flashCard(t);
  const { updateFile } = findRelease();
  const machine = await startWithBundles(t, disk, updateFile);
  const began = Date.now();
  await install(machine, updateFile);
  t.diagnostic(`installed in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  await machine.run('systemctl --no-block reboot');
  await machine.waitForSerial(/slot B, try 1/, BOOT_MS);
  await waitForStart(machine);
  assert.equal(await runningSlot(machine), 'B');
  await checkHealthy(machine);
  await machine.run(
    'until [ "$(systemctl is-active slot-good.service)" = inactive ]; do sleep 2; done',
    BOOT_MS,
  );
  assert.match(await machine.run('journalctl -b -u slot-good --no-pager'), /slot B is good/);
  await machine.run('sync');
  await machine.cutPower();
  const { ORDER, B_OK, B_TRY } = environmentOf(disk);
  assert.deepEqual({ ORDER, B_OK, B_TRY }, { ORDER: 'B A', B_OK: '1', B_TRY: '0' });
});

test('the power goes in the middle of an update: the box starts, from a slot that is whole', async (t) => {
  const disk = flashCard(t);
  const { updateFile } = findRelease();
  for (let round = 0; round < KILLS; round++) {
    const machine = await startWithBundles(t, disk, updateFile);
    assert.equal(await runningSlot(machine), 'A');
    await checkHealthy(machine);
    const installing = install(machine, updateFile).catch(() => {}); // It never answers.
    // Any moment of the installation will do, so it is chosen by chance and said.
    const afterMs = 1000 + Math.random() * MOST_KILL_MS;
    await Promise.race([sleep(afterMs), installing]);
    await machine.cutPower();
    t.diagnostic(
      `round ${round + 1}: the power went after ${(afterMs / 1000).toFixed(1)} s: ${environmentOf(disk)['B_OK']}`,
    );
    if (environmentOf(disk)['ORDER'] === 'B A') break;
  }
  const machine = await startMachine(t, { kind: 'u-boot', disk });
  await waitForStart(machine);
  await checkHealthy(machine);
});

test('a new slot in which the box is not well is given up after three tries, and the reason is kept', async (t) => {
  const disk = flashCard(t);
  // As an installation leaves it.
  copySlotToB(disk);
  const environment = join(dirname(disk), 'grubenv');
  writeFileSync(environment, grubEnvironment({ ...FRESH_ENVIRONMENT, ORDER: 'B A', B_OK: '1' }));
  for (const name of ['grubenv', 'grubenv.bak']) writeFatFile(disk, 'bootstate', name, environment);
  const machine = await startMachine(t, { kind: 'u-boot', disk });
  for (let round = 1; round <= 3; round++) {
    await machine.waitForSerial(new RegExp(`slot B, try ${round}`), 2 * BOOT_MS);
    await waitForStart(machine);
    assert.equal(await runningSlot(machine), 'B');
    // A service that cannot start, in a hurry: the box is never well, and has a minute instead of ten to become it.
    await machine.run(`
      mkdir -p /run/systemd/system/slot-good.service.d
      printf '[Service]\\nEnvironment=LIMIT_SECONDS=60\\n' >/run/systemd/system/slot-good.service.d/test.conf
      printf '[Service]\\nExecStart=/bin/false\\n[Install]\\nWantedBy=multi-user.target\\n' \\
        >/run/systemd/system/shoebox-never.service
      systemctl enable --runtime --now shoebox-never.service || true
      systemctl daemon-reload
      systemctl restart slot-good.service`);
  }
  await machine.waitForSerial(/slot A, try 1/, 2 * BOOT_MS);
  await waitForStart(machine);
  assert.equal(await runningSlot(machine), 'A');
  await checkHealthy(machine);
  assert.match(
    await machine.run('cat /state/slot-failure.json'),
    /"slot":"B","reason":"shoebox-never.service is failed"/,
  );
});

/** The same update with the signature of other keys. */
function resign(from: string, to: string, keys: { certificateFile: string; privateKeyFile: string }): void {
  const original = join(dirname(to), 'original.raucb');
  copyFileSync(from, original);
  runTool(dirname(to), 'rauc', [
    ...['resign', '--no-verify', `--cert=${keys.certificateFile}`, `--key=${keys.privateKeyFile}`],
    ...[original, to],
  ]);
}
