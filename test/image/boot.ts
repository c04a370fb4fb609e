import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BOOT_MS, checkHealthy, waitForStart } from './healthy.ts';
import { startMachine } from './machine.ts';
import { flashCard } from './released-image.ts';

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
  const machine = await startMachine(t, { kind: 'raspi3b', disk: flashCard(t) });
  const grubAt = await machine.waitForSerial(/shoebox: slot A, try 1/, BOOT_MS);
  t.diagnostic(`GRUB after ${grubAt.toFixed(1)} s`);
  const readyAt = await machine.waitForHttp(80, '/api/server/ping', 200, 2 * BOOT_MS);
  t.diagnostic(`HTTP 200 after ${readyAt.toFixed(1)} s`);
});
