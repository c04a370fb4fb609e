import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCommand } from '#runtime/command';
import { type BundleMaker, openBundleMaker } from '#test/fixtures/update-bundles';
import { openRauc, UpdateRefused } from './rauc.ts';

/** The boot loader's side, kept in two files: which slot is first, and which are good. */
const BACKEND = `#!/bin/sh
cd "$(dirname "$0")"
case $1 in
  get-primary) cat primary ;;
  set-primary) echo "$2" >primary; echo good >"state-$2" ;;
  get-state) cat "state-$2" ;;
  set-state) echo "$3" >"state-$2" ;;
  get-current) echo A ;;
esac
`;

/** Everybody may speak with everybody. */
const BUS = (
  socket: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/>
<allow receive_type="signal"/></policy></busconfig>`;

/** The real daemon on a bus of its own, in slot A, with files in the place of partitions. Undefined: not here. */
async function startDaemon(t: TestContext, { folder, configFile }: BundleMaker) {
  const isHere = await runCommand('which', ['dbus-daemon']).then(
    () => true,
    () => false,
  );
  if (!isHere || process.getuid?.() !== 0 || !existsSync('/dev/loop-control')) return undefined;
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text);
  put('backend', BACKEND);
  chmodSync(join(folder, 'backend'), 0o755);
  put('primary', 'A\n');
  put('state-A', 'good\n');
  put('state-B', 'bad\n');
  for (const slot of ['boot-a', 'boot-b', 'root-a', 'root-b', 'verity-a', 'verity-b']) {
    put(`slot-${slot}`, '');
    truncateSync(join(folder, `slot-${slot}`), 1024 ** 2);
  }
  const socket = join(folder, 'bus');
  put('bus.conf', BUS(socket));
  const address = `DBUS_SYSTEM_BUS_ADDRESS=unix:path=${socket}`;
  const start = (...line: [string, ...string[]]) => {
    const child = spawn('env', [address, ...line], { stdio: 'ignore' });
    t.after(() => child.kill());
  };
  start('dbus-daemon', `--config-file=${join(folder, 'bus.conf')}`, '--nofork');
  while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 20));
  start('rauc', `--conf=${configFile}`, 'service', '--override-boot-slot=A');
  const rauc = openRauc(['env', address, 'rauc', `--conf=${configFile}`]);
  for (let tries = 0; tries < 200; tries++) {
    const slots = await rauc.readSlots().catch(() => undefined);
    if (slots) return { rauc, slots };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the daemon did not answer');
}

test('the real RAUC writes an update to the slot that does not run, and has that start next', {
  timeout: 60_000,
}, async (t) => {
  const bundles = await openBundleMaker(t);
  const daemon = await startDaemon(t, bundles);
  if (!daemon) return t.skip('needs root, loop devices and dbus-daemon; its recorded output is tested');
  const { rauc } = daemon;
  assert.deepEqual(daemon.slots, [
    { name: 'A', isRunning: true, isGood: true },
    { name: 'B', isRunning: false, isGood: false },
  ]);

  // Of the plain format, since not every machine has dm-verity; RAUC knows no manifest's hash of these.
  const file = await bundles.make({ version: '0.2.0', format: 'plain' });
  const facts = { ...(await rauc.readBundle(file)), manifestHash: undefined };
  const heard: number[] = [];
  try {
    await rauc.install(file, facts, (percent) => heard.push(percent));
  } catch (error) {
    if (!(error instanceof UpdateRefused) || !/mount|loop/i.test(error.message)) throw error;
    return t.skip(`this machine mounts nothing: ${error.message}`);
  }
  assert.equal(heard.at(-1), 100);
  assert.ok(heard.some((percent) => percent > 40 && percent < 100));
  const read = (name: string) => readFileSync(join(bundles.folder, name));
  const content = join(bundles.folder, 'content-1');
  for (const name of ['boot', 'root', 'verity']) {
    const image = readFileSync(join(content, `${name}.img`));
    assert.ok(read(`slot-${name}-b`).subarray(0, image.length).equals(image), name);
    assert.ok(
      read(`slot-${name}-a`).every((byte) => byte === 0),
      `${name} of the slot that runs`,
    );
  }
  assert.equal(read('primary').toString(), 'B\n');
  assert.deepEqual(
    (await rauc.readSlots()).map(({ name, isGood }) => [name, isGood]),
    [
      ['A', true],
      ['B', true],
    ],
  );
  await rauc.markGood();

  const stranger = await bundles.make({ signedBy: 'others', format: 'plain' });
  await assert.rejects(
    rauc.install(stranger, facts, () => {}),
    (error: UpdateRefused) => error.fault.code === 'not_signed',
  );
});
