import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCommand } from '#runtime/command';
import { listFiles, ROOT } from './source-files.ts';

const UNITS = 'os/rootfs/usr/lib/systemd/system';

/** All units of ours; those named shoebox-… run what is in services/. */
const ownUnits = readdirSync(join(ROOT, UNITS)).filter((name) => /\.(service|mount|socket)$/.test(name));
const unitNames = ownUnits.filter((name) => name.startsWith('shoebox-'));

/** The folders of services/ with a main.ts: one process each. */
function findServices(): string[] {
  return listFiles('services').flatMap((path) => /^services\/([^/]+)\/main\.ts$/.exec(path)?.[1] ?? []);
}

/** The folder of services/ that a unit runs; one with an @ is run for several things. */
const serviceOf = (name: string): string => name.replace(/^shoebox-(.*?)@?\.service$/, '$1');

test('every service has its unit and every unit its service', () => {
  assert.deepEqual(unitNames.map(serviceOf).toSorted(), findServices().toSorted());
});

test('every unit runs its own main file and is watched, limited and locked in', () => {
  for (const name of unitNames) {
    const unit = readFileSync(join(ROOT, UNITS, name), 'utf8');
    assert.match(unit, new RegExp(`^ExecStart=.*/services/${serviceOf(name)}/main\\.js$`, 'm'));
    // What does its work and ends is not watched but given a time.
    const ends = unit.includes('\nType=oneshot\n');
    const runs = ends ? [] : ['Type=notify', 'NotifyAccess=all', 'Restart=always'];
    for (const line of [...runs, 'NoNewPrivileges=yes', 'ProtectSystem=strict'])
      assert.ok(unit.includes(`\n${line}\n`), `${name} lacks ${line}`);
    const watch = ends ? 'TimeoutStartSec' : 'WatchdogSec';
    for (const key of [watch, 'MemoryMax', 'CPUWeight', 'IOWeight', 'SystemCallFilter'])
      assert.match(unit, new RegExp(`^${key}=\\S`, 'm'), `${name} lacks ${key}`);
  }
});

/** The most that systemd may find open in a unit of ours, of 10. */
const MOST_EXPOSED = 2.5;

test('systemd finds little to attack in every unit of ours', async () => {
  for (const name of [...unitNames, 'box-waits.service']) {
    const report = await runCommand('systemd-analyze', [
      'security',
      '--offline=true',
      '--no-pager',
      join(ROOT, UNITS, name),
    ]);
    const exposure = Number(/Overall exposure level for [^:]*: ([\d.]+)/.exec(report.toString())?.[1]);
    assert.ok(exposure <= MOST_EXPOSED, `${name}: ${exposure}`);
  }
});

/** What speaks with other machines. */
const NETWORKED = ['shoebox-gateway.service', 'shoebox-discovery.service', 'shoebox-updates.service'];

test('what decodes files has no network, and only who needs it has the Internet protocols', () => {
  const families = (name: string) =>
    /^RestrictAddressFamilies=(.*)$/m.exec(readFileSync(join(ROOT, UNITS, name), 'utf8'))?.[1];
  for (const name of unitNames.filter((name) => !NETWORKED.includes(name)))
    assert.equal(families(name), 'AF_UNIX', name);
  assert.match(readFileSync(join(ROOT, UNITS, 'shoebox-ingest.service'), 'utf8'), /^PrivateNetwork=yes$/m);
});

const EARLY = 'DefaultDependencies=no';

/** What Debian brings, as far as units of ours name it, with the order that Debian 13 gives it. */
const DEBIAN_UNITS: Record<string, readonly string[]> = {
  'shutdown.target': [EARLY],
  'umount.target': [EARLY],
  'local-fs-pre.target': [EARLY],
  'local-fs.target': [EARLY, 'After=local-fs-pre.target'],
  'sysinit.target': [
    EARLY,
    'Wants=local-fs.target systemd-tmpfiles-setup.service systemd-timesyncd.service nftables.service',
    'After=local-fs.target',
  ],
  'basic.target': [EARLY, 'Requires=sysinit.target', 'After=sysinit.target'],
  'network-pre.target': [EARLY],
  'network.target': [EARLY, 'After=network-pre.target'],
  'systemd-tmpfiles-setup.service': [EARLY, 'After=local-fs.target', 'Before=sysinit.target'],
  'systemd-timesyncd.service': [EARLY, 'Before=sysinit.target'],
  'nftables.service': [EARLY, 'Wants=network-pre.target', 'Before=network-pre.target'],
  'NetworkManager.service': ['Wants=network.target', 'After=network-pre.target', 'Before=network.target'],
  'avahi-daemon.service': [],
  'ssh.service': ['After=network.target'],
};

/** os/rootfs with what Debian brings, and stand-ins for the programs that the units run. */
function makeDevice(t: TestContext): string {
  const device = mkdtempSync(join(tmpdir(), 'units-'));
  t.after(() => rmSync(device, { recursive: true }));
  cpSync(join(ROOT, 'os/rootfs'), device, { recursive: true });
  for (const [name, lines] of Object.entries(DEBIAN_UNITS)) {
    const service = name.endsWith('.service') ? '[Service]\nType=oneshot\nExecStart=/bin/true\n' : '';
    writeFileSync(join(device, 'usr/lib/systemd/system', name), `[Unit]\n${lines.join('\n')}\n${service}`);
  }
  const started = ownUnits.filter((name) =>
    readFileSync(join(ROOT, UNITS, name), 'utf8').includes('\n[Install]\n'),
  );
  const wants = started.map((name) => `Wants=${name.replace('@.', '@boot.')}`);
  const everything = ['[Unit]', 'Requires=basic.target', 'After=basic.target', ...wants];
  writeFileSync(join(device, 'usr/lib/systemd/system/multi-user.target'), `${everything.join('\n')}\n`);
  for (const name of ownUnits) {
    const unit = readFileSync(join(ROOT, UNITS, name), 'utf8');
    for (const [, program = ''] of `ExecStart=/bin/true\n${unit}`.matchAll(/^Exec\w+=[-+!@:]*(\/\S+)/gm)) {
      const file = join(device, program);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '#!/bin/sh\n');
      chmodSync(file, 0o755);
    }
  }
  return device;
}

test('systemd accepts every unit without a remark', async (t) => {
  const device = makeDevice(t);
  const verify = (names: string[]) =>
    runCommand('sh', [
      '-c',
      'systemd-analyze verify --root="$0" --man=no "$@" 2>&1',
      device,
      ...names.map((name) => name.replace('@.', '@boot.')),
    ]);
  assert.equal((await verify(ownUnits)).toString(), '');

  // And it would say so if one were wrong.
  const [first = ''] = unitNames;
  const file = join(device, 'usr/lib/systemd/system', first);
  writeFileSync(file, readFileSync(file, 'utf8').replace('Restart=always', 'Restart=sometimes'));
  assert.match((await verify([first])).toString(), /Failed to parse service restart specifier/);
});

test('the order in which units start has no circle, in which systemd would leave one out', async (t) => {
  const device = makeDevice(t);
  const verify = () =>
    runCommand('sh', ['-c', 'systemd-analyze verify --root="$0" --man=no multi-user.target 2>&1', device]);
  assert.equal((await verify()).toString(), '');

  const file = join(device, 'usr/lib/systemd/system/shoebox-provision@.service');
  const unit = readFileSync(file, 'utf8');
  writeFileSync(file, unit.replace('\n[Service]', 'Before=systemd-timesyncd.service\n\n[Service]'));
  assert.match((await verify()).toString(), /ordering cycle/);
});

test('every unit that is to start by itself is named in the preset, and everything else stays off', () => {
  const preset = readFileSync(
    join(ROOT, 'os/rootfs/usr/lib/systemd/system-preset/00-shoebox.preset'),
    'utf8',
  );
  const lines = preset.split('\n').filter((line) => line && !line.startsWith('#'));
  assert.equal(lines.at(-1), 'disable *');
  const enabled = lines.slice(0, -1).map((line) => line.replace(/^enable /, ''));
  for (const name of ownUnits) {
    const starts = readFileSync(join(ROOT, UNITS, name), 'utf8').includes('\n[Install]\n');
    const named =
      enabled.includes(name) || (unitNames.includes(name) && enabled.includes('shoebox-*.service'));
    assert.equal(named, starts, name);
  }
});
