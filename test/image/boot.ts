import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { readGrubEnvironment } from '../../image-build/grub-environment.ts';
import { BOOT_MS, bootLogOf, checkHealthy, memoryOf, waitForStart } from './healthy.ts';
import { makeDrive, startMachine } from './machine.ts';
import { makePoolDrive, waitForAnswer } from './pool.ts';
import { flashCard, readFatFile, writeFatFile } from './released-image.ts';

for (const [name, kind] of [
  ["QEMU's virt with Debian's U-Boot", 'u-boot'],
  ["QEMU's virt with EDK2", 'edk2'],
] as const)
  test(`the released file starts on ${name}: it answers, nothing failed, the root is verified`, async (t) => {
    const disk = flashCard(t);
    const machine = await startMachine(t, { kind, disk, drives: [makePoolDrive(disk)] });
    const grubAt = await machine.waitForSerial(/shoebox: slot A, try 1/, BOOT_MS);
    const answersAt = await waitForAnswer(machine);
    t.diagnostic(`GRUB after ${grubAt.toFixed(1)} s, HTTP 200 after ${answersAt.toFixed(1)} s from power-on`);
    await waitForStart(machine);
    t.diagnostic(await bootLogOf(machine));
    t.diagnostic(await memoryOf(machine));
    await checkHealthy(machine);
    assert.equal(machine.serial().match(/shoebox: slot/g)?.length, 1, 'started once');
  });

/** The network adapter that QEMU gives the board says that it is a gadget, and gadgets get no address of a router. */
const IS_NO_GADGET = 'SUBSYSTEM=="net", ENV{ID_NET_AUTO_LINK_LOCAL_ONLY}="0"\n';

/**
 * What QEMU 7.2 does otherwise than the board, by arguments of the kernel; all else is the released file. It takes the
 * start of the watchdog for a restart, and the first driver for its network adapter cannot speak with it.
 */
function fitToEmulation(disk: string): void {
  const config = join(dirname(disk), 'slot.cfg');
  const rule = Buffer.from(IS_NO_GADGET).toString('base64');
  const words = [
    'module_blacklist=bcm2835_wdt,cdc_subset',
    `systemd.set_credential_binary=udev.rules.99-gadget:${rule}`,
  ];
  const text = readFatFile(disk, 'boot-a', 'slot.cfg').toString();
  writeFileSync(config, text.replace('set args="', `set args="${words.join(' ')} `));
  writeFatFile(disk, 'boot-a', 'slot.cfg', config);
}

test("the released file starts on QEMU's Raspberry Pi 3, by Debian's U-Boot for all of them, from a card", async (t) => {
  const disk = flashCard(t);
  fitToEmulation(disk);
  const machine = await startMachine(t, { kind: 'raspi3b', disk, sticks: [makePoolDrive(disk)] });
  const grubAt = await machine.waitForSerial(/shoebox: slot A, try 1/, BOOT_MS);
  const answersAt = await machine.waitForHttp(80, '/api/server/ping', 200, 2 * BOOT_MS);
  // There is no way in on this machine, but the box writes to the card that the slot is good once it is well.
  const goodAt = await machine.waitFor('slot that is marked as good', 3 * BOOT_MS, async () =>
    readGrubEnvironment(readFatFile(disk, 'bootstate', 'grubenv'))['A_TRY'] === '0' ? true : undefined,
  );
  t.diagnostic(
    `GRUB after ${grubAt.toFixed(1)} s, HTTP 200 after ${answersAt.toFixed(1)} s from power-on, ` +
      `well for three minutes after ${goodAt.toFixed(1)} s`,
  );
  assert.equal(machine.serial().match(/shoebox: slot/g)?.length, 1, 'started once');
});

test('without a drive the box says so; once there is one it is mounted, and the next start is ready by itself', async (t) => {
  const disk = flashCard(t);
  const drives = [makeDrive(dirname(disk), 'drive.img', 4 * 1024 ** 3)];
  const machine = await startMachine(t, { kind: 'u-boot', disk, drives });
  for (const port of [80, 2283] as const) {
    const pageAt = await machine.waitForHttp(port, '/', 503, BOOT_MS);
    t.diagnostic(`a page at port ${port} after ${pageAt.toFixed(1)} s`);
    assert.match(await (await fetch(machine.address(port))).text(), /waiting for its drive/);
  }
  const ping = await fetch(`${machine.address(80)}/api/server/ping`);
  assert.deepEqual([ping.status, ((await ping.json()) as { statusCode: number }).statusCode], [503, 503]);
  await waitForStart(machine);
  await checkHealthy(machine);
  // A drive without the name of a pool is nobody's business.
  const drive = '/dev/disk/by-id/virtio-TEST-DRIVE-0';
  await machine.run(`mkfs.btrfs -q ${drive}; udevadm settle; ! mountpoint -q /data`);
  await machine.run(`mkfs.btrfs -q -f -L shoebox-pool ${drive}; udevadm settle`);
  await machine.waitForHttp(80, '/api/server/ping', 200, BOOT_MS);
  await machine.run('sync');
  await machine.cutPower();

  const again = await startMachine(t, { kind: 'u-boot', disk, drives });
  const answersAt = await again.waitForHttp(80, '/api/server/ping', 200, BOOT_MS);
  t.diagnostic(`HTTP 200 after ${answersAt.toFixed(1)} s from power-on`);
  await waitForStart(again);
  await again.waitFor('ingest', BOOT_MS, async () =>
    (await again.run('systemctl is-active shoebox-ingest || true')).trim() === 'active' ? true : undefined,
  );
  t.diagnostic(await bootLogOf(again));
  t.diagnostic(await memoryOf(again));
  await checkHealthy(again);
  // The light and the firewall follow the gateway.
  await again.run('systemctl stop shoebox-gateway');
  await again.waitForHttp(80, '/', 503, BOOT_MS);
});
