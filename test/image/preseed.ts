import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkHealthy, waitForStart } from './healthy.ts';
import { startMachine } from './machine.ts';
import { flashCard, partitionBytes, readFatFile, readPartition, writeFatFile } from './released-image.ts';

const WIFI_KEY = 'four words nobody guesses';
const STICK_KEY = 'another key of a guest network';
const SSH_KEY = `ssh-ed25519 ${Buffer.from(`\0\0\0\x0bssh-ed25519\0\0\0 ${'k'.repeat(32)}`).toString('base64')} ann`;

/** As Raspberry Pi Imager writes it. */
const PRESEED = `config_version = "1.0"
[system]
hostname = "attic"
[wlan]
ssid = "At home"
password = "${WIFI_KEY}"
password_encrypted = false
country = "DE"
[ssh]
enabled = true
authorized_keys = ["${SSH_KEY}"]
`;

const STICK = `[locale]
timezone = "Pacific/Auckland"
[wlan]
ssid = "Guests"
password = "${STICK_KEY}"
password_encrypted = false
`;

test('settings on the card and on a stick named CONFIG are taken over once, and the passwords are gone from both', async (t) => {
  const disk = flashCard(t);
  const preseed = join(dirname(disk), 'preseed');
  writeFileSync(preseed, PRESEED);
  writeFatFile(disk, 'esp', 'rpi-preseed.toml', preseed);
  const stick = join(dirname(disk), 'stick.img');
  const custom = join(dirname(disk), 'custom');
  writeFileSync(custom, STICK);
  execFileSync('mformat', ['-C', '-f', '2880', '-v', 'CONFIG', '-i', stick, '::']);
  execFileSync('mcopy', ['-i', stick, custom, '::/custom.toml']);

  const machine = await startMachine(t, { kind: 'u-boot', disk, sticks: [stick] });
  await waitForStart(machine);
  assert.equal((await machine.run('hostname')).trim(), 'attic');
  assert.equal((await machine.run('readlink /etc/localtime')).trim(), '/usr/share/zoneinfo/Pacific/Auckland');
  const keyfiles = await machine.run(
    'stat -c %a /etc/NetworkManager/system-connections/*; cat /etc/NetworkManager/system-connections/*',
  );
  assert.match(keyfiles, /^600\n600\n/);
  for (const key of [WIFI_KEY, STICK_KEY]) assert.ok(keyfiles.includes(`psk=${key}`), key);
  // SSH: with the key that was given, and by no password.
  assert.equal((await machine.run('systemctl is-active ssh')).trim(), 'active');
  const sshd = await machine.run('sshd -T');
  assert.match(sshd, /^passwordauthentication no$/m);
  assert.match(sshd, /^kbdinteractiveauthentication no$/m);
  assert.ok((await machine.run('cat /etc/ssh/shoebox_authorized_keys')).includes(SSH_KEY));
  await checkHealthy(machine);
  await machine.run('sync');
  await machine.cutPower();

  for (const bytes of [readPartition(disk, 'esp', 0, partitionBytes('esp')), readFileSync(stick)])
    for (const key of [WIFI_KEY, STICK_KEY]) assert.ok(!bytes.includes(key), 'a password is still there');
  assert.match(readFatFile(disk, 'esp', 'rpi-preseed.toml.applied').toString(), /hostName/);
});

test('without settings nobody gets in: no SSH, no password, and only what is served is open', async (t) => {
  const machine = await startMachine(t, { kind: 'u-boot', disk: flashCard(t) });
  await waitForStart(machine);
  assert.equal((await machine.run('systemctl is-active ssh || true')).trim(), 'inactive');
  // No account has a password that could be right.
  assert.equal(await machine.run("awk -F: '$2 !~ /^[!*]/ { print $1 }' /etc/shadow"), '');
  // Whoever listens at all, beside those that only this machine reaches.
  const open = await machine.run("ss -Hltn | awk '{ print $4 }' | grep -v -e '^127' -e '^\\[::1\\]' || true");
  for (const line of open.trim().split('\n').filter(Boolean))
    assert.match(line, /:(80|2283|2284|5355)$/, line);
  t.diagnostic((await machine.run('nft list chain inet shoebox input')).trim());
  await checkHealthy(machine);
});
