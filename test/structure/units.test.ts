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
import { test } from 'node:test';
import { runCommand } from '#runtime/command';
import { listFiles, ROOT } from './source-files.ts';

const UNITS = 'os/rootfs/usr/lib/systemd/system';

const unitNames = readdirSync(join(ROOT, UNITS)).filter((name) => name.startsWith('shoebox-'));

/** The folders of services/ with a main.ts: one process each. */
function findServices(): string[] {
  return listFiles('services').flatMap((path) => /^services\/([^/]+)\/main\.ts$/.exec(path)?.[1] ?? []);
}

test('every service has its unit and every unit its service', () => {
  assert.deepEqual(
    unitNames.toSorted(),
    findServices()
      .map((service) => `shoebox-${service}.service`)
      .toSorted(),
  );
});

test('every unit runs its own main file and is watched, limited and locked in', () => {
  for (const name of unitNames) {
    const unit = readFileSync(join(ROOT, UNITS, name), 'utf8');
    const service = name.replace(/^shoebox-(.*)\.service$/, '$1');
    assert.match(unit, new RegExp(`^ExecStart=.*/services/${service}/main\\.js$`, 'm'));
    for (const line of [
      'Type=notify',
      'NotifyAccess=all',
      'Restart=always',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
    ])
      assert.ok(unit.includes(`\n${line}\n`), `${name} lacks ${line}`);
    for (const key of ['WatchdogSec', 'MemoryMax', 'CPUWeight', 'IOWeight', 'SystemCallFilter'])
      assert.match(unit, new RegExp(`^${key}=\\S`, 'm'), `${name} lacks ${key}`);
  }
});

test('systemd accepts every unit without a remark', async (t) => {
  const device = mkdtempSync(join(tmpdir(), 'units-'));
  t.after(() => rmSync(device, { recursive: true }));
  cpSync(join(ROOT, 'os/rootfs'), device, { recursive: true });
  // What Debian brings: the targets that the units name, and the programs that they run.
  for (const target of ['sysinit', 'basic', 'shutdown', 'network', 'multi-user'])
    writeFileSync(
      join(device, `usr/lib/systemd/system/${target}.target`),
      '[Unit]\nDefaultDependencies=no\n',
    );
  for (const program of ['usr/lib/shoebox/bin/node', 'bin/chown']) {
    const file = join(device, program);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, 0o755);
  }
  const verify = (names: string[]) =>
    runCommand('sh', ['-c', 'systemd-analyze verify --root="$0" --man=no "$@" 2>&1', device, ...names]);
  assert.equal((await verify(unitNames)).toString(), '');

  // And it would say so if one were wrong.
  const [first = ''] = unitNames;
  const file = join(device, 'usr/lib/systemd/system', first);
  writeFileSync(file, readFileSync(file, 'utf8').replace('Restart=always', 'Restart=sometimes'));
  assert.match((await verify([first])).toString(), /Failed to parse service restart specifier/);
});
