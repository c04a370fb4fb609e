import assert from 'node:assert/strict';
import type { Machine } from './machine.ts';
import { findRelease } from './released-image.ts';

/** Generous: emulated on a busy machine with two cores. SHOEBOX_TEST_PATIENCE_MINUTES for more. */
export const BOOT_MS = Number(process.env.SHOEBOX_TEST_PATIENCE_MINUTES ?? 15) * 60_000;

/** Waits until everything that starts by itself has started. */
export async function waitForStart(machine: Machine): Promise<number> {
  const shellAt = await machine.waitForShell(BOOT_MS);
  // `degraded` is an answer too; what failed is looked at by name afterwards.
  await machine.run('systemctl is-system-running --wait || true', BOOT_MS);
  return shellAt;
}

/** No unit has failed, and the root is the verified, read-only one of the release. */
export async function checkHealthy(machine: Machine, { rootHash } = findRelease()): Promise<void> {
  const failed = await machine.run('systemctl --failed --no-legend --plain');
  if (failed.trim() !== '') {
    const names = failed
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    const log = await machine.run(
      `journalctl -b --no-pager -n 60 ${names.map((name) => `-u ${name}`).join(' ')}`,
    );
    assert.fail(`these units failed: ${names.join(', ')}\n${log}`);
  }
  // It is started again when it fails, and would not be among those above.
  assert.equal(
    (await machine.run('systemctl show --property=NRestarts --value slot-good.service')).trim(),
    '0',
    'the gate failed',
  );
  const status = await machine.run('veritysetup status root');
  assert.match(status, /status:\s+verified/);
  assert.match(status, new RegExp(`root hash:\\s+${rootHash}`));
  assert.match(await machine.run('findmnt -n -o FSTYPE,OPTIONS /'), /^erofs\s+ro,/);
}

/** When what was ready: kernel, initrd, the chain of units to the end of the start, and those that took longest. */
export async function bootLogOf(machine: Machine): Promise<string> {
  const log = await machine.run(
    'systemd-analyze; systemd-analyze critical-chain --no-pager; systemd-analyze blame --no-pager | head -20',
  );
  return log.trim();
}

/** The slot that runs. */
export async function runningSlot(machine: Machine): Promise<string> {
  return (await machine.run("sed -n 's/.*rauc.slot=\\([AB]\\).*/\\1/p' /proc/cmdline")).trim();
}

/** What is used of the memory, in all and by each unit that uses more than 1 MiB, in words. */
export async function memoryOf(machine: Machine): Promise<string> {
  const all = await machine.run('free -m');
  const units = await machine.run(`
    systemctl show --property=Id,MemoryCurrent '*.service' |
      awk -F= '$1 == "Id" { id = $2 } $1 == "MemoryCurrent" && $2 > 1048576 { printf "%4d MiB %s\\n", $2 / 1048576, id }' |
      sort -rn`);
  return `${all}${units}`.trim();
}
