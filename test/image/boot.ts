import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { readGrubEnvironment } from '../../image-build/grub-environment.ts';
import { BOOT_MS, checkHealthy, waitForStart } from './healthy.ts';
import { makeDrive, startMachine } from './machine.ts';
import { flashCard, readFatFile } from './released-image.ts';

for (const [name, kind] of [
  ["QEMU's virt with Debian's U-Boot", 'u-boot'],
  ["QEMU's virt with EDK2", 'edk2'],
] as const)
  test(`the released file starts on ${name}: nothing failed, the root is verified`, async (t) => {
    const machine = await startMachine(t, { kind, disk: flashCard(t) });
    const grubAt = await machine.waitForSerial(/shoebox: slot A, try 1/, BOOT_MS);
    const shellAt = await waitForStart(machine);
    t.diagnostic(`GRUB after ${grubAt.toFixed(1)} s, a shell after ${shellAt.toFixed(1)} s`);
    t.diagnostic((await machine.run('systemd-analyze; systemd-analyze critical-chain --no-pager')).trim());
    t.diagnostic((await machine.run('free -m; systemctl status --no-pager | head -4')).trim());
    await checkHealthy(machine);
    assert.equal(machine.serial().match(/shoebox: slot/g)?.length, 1, 'started once');
  });

test("the released file starts on QEMU's Raspberry Pi 3, by Debian's U-Boot for all of them, from a card", async (t) => {
  const disk = flashCard(t);
  const machine = await startMachine(t, { kind: 'raspi3b', disk });
  const grubAt = await machine.waitForSerial(/shoebox: slot A, try 1/, BOOT_MS);
  // There is no way in on this machine, but the box writes to the card that the slot is good once it is well.
  const goodAt = await machine.waitFor('slot that is marked as good', 3 * BOOT_MS, async () =>
    readGrubEnvironment(readFatFile(disk, 'bootstate', 'grubenv'))['A_TRY'] === '0' ? true : undefined,
  );
  t.diagnostic(`GRUB after ${grubAt.toFixed(1)} s, well for three minutes after ${goodAt.toFixed(1)} s`);
  assert.equal(machine.serial().match(/shoebox: slot/g)?.length, 1, 'started once');
});

test('the gateway and ingest run in their sandboxes once there is a drive, and the gateway answers', async (t) => {
  const disk = flashCard(t);
  const drive = makeDrive(dirname(disk), 'drive.img', 4 * 1024 ** 3);
  const machine = await startMachine(t, { kind: 'u-boot', disk, drives: [drive] });
  await waitForStart(machine);
  await machine.run(
    `
    mkfs.btrfs -q /dev/disk/by-id/virtio-TEST-DRIVE-0
    mount /dev/disk/by-id/virtio-TEST-DRIVE-0 /data
    systemctl start shoebox-gateway.service shoebox-ingest.service`,
    BOOT_MS,
  );
  const answersAt = await machine.waitForHttp(2283, '/api/server/ping', 200, BOOT_MS);
  t.diagnostic(`HTTP 200 after ${answersAt.toFixed(1)} s`);
  t.diagnostic(await machine.run('free -m; systemctl show --property=Id,MemoryCurrent "shoebox-*.service"'));
  await checkHealthy(machine);
});
