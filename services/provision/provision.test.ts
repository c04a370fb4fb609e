import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createLog } from '#runtime/log';
import { besidePath } from '#storage/atomic-write';
import { readSettings } from './box-settings.ts';
import { provision } from './provision.ts';

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUm ann@laptop';

const PRESEED = `config_version = "1.0"
[system]
hostname = "photos"
[wlan]
ssid = "Home"
password = "a \\\\ secret phrase"
country = "DE"
[ssh]
enabled = true
authorized_keys = ["${KEY}"]
[locale]
timezone = "Europe/Berlin"
`;

/** A card, its state partition and an /etc in a temporary folder. */
function makeBox(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'provision-'));
  t.after(() => rmSync(root, { recursive: true }));
  const card = join(root, 'card');
  const etc = join(root, 'etc');
  const state = join(root, 'state');
  const zones = join(root, 'zones');
  const choiceFile = join(root, 'choice.json');
  for (const folder of [card, etc, state, join(zones, 'Europe')]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(zones, 'Europe', 'Berlin'), 'TZif');
  let log = '';
  const start = () =>
    provision({
      preseedDir: card,
      stateDir: state,
      etcDir: etc,
      zoneDir: zones,
      choiceFile,
      log: createLog('provision', 'info', {
        write: (line) => {
          log += line;
        },
      }),
    });
  const wifiDir = join(etc, 'NetworkManager/system-connections');
  return {
    card,
    etc,
    state,
    start,
    log: () => log,
    choose: (text: string) => writeFileSync(choiceFile, text),
    choiceFile,
    putPreseed: (text: string, name = 'rpi-preseed.toml') => writeFileSync(join(card, name), text),
    etcFile: (path: string) => readFileSync(join(etc, path), 'utf8'),
    wifiFiles: () => (existsSync(wifiDir) ? readdirSync(wifiDir).map((name) => join(wifiDir, name)) : []),
  };
}

test('the settings on a card are applied once, kept, and their secrets wiped', async (t) => {
  const box = makeBox(t);
  box.putPreseed(PRESEED);
  await box.start();

  assert.deepEqual(readdirSync(box.card), ['rpi-preseed.toml.applied']);
  const left = readFileSync(join(box.card, 'rpi-preseed.toml.applied'), 'utf8');
  for (const secret of ['secret', 'Home', 'AAAA', 'photos'])
    for (const text of [left, box.log()]) assert.ok(!text.includes(secret), text);
  assert.equal(statSync(join(box.state, 'settings.v1.json')).mode & 0o777, 0o600);

  assert.equal(box.etcFile('hostname'), 'photos\n');
  assert.match(box.etcFile('hosts'), /^127\.0\.1\.1 photos$/m);
  assert.equal(readlinkSync(join(box.etc, 'localtime')), '/usr/share/zoneinfo/Europe/Berlin');
  assert.equal(box.etcFile('default/wifi-country'), 'COUNTRY=DE\n');
  assert.equal(box.etcFile('ssh/shoebox_authorized_keys'), `${KEY}\n`);
  const [wifi = ''] = box.wifiFiles();
  assert.equal(statSync(wifi).mode & 0o777, 0o600);
  const keyfile = readFileSync(wifi, 'utf8');
  assert.match(keyfile, /^ssid=72;111;109;101;$/m);
  assert.match(keyfile, /^psk=a \\\\ secret phrase$/m);

  // The next start has an empty /etc again, and no file.
  rmSync(box.etc, { recursive: true });
  mkdirSync(box.etc);
  await box.start();
  assert.equal(box.etcFile('hostname'), 'photos\n');
  assert.equal(box.wifiFiles().length, 1);
});

test('everybody can read the names of the box, and nobody a password, whatever the umask', async (t) => {
  const box = makeBox(t);
  const umask = process.umask(0o077);
  t.after(() => process.umask(umask));
  box.putPreseed(PRESEED);
  await box.start();
  const mode = (path: string) => statSync(path).mode & 0o777;
  for (const path of ['hosts', 'hostname', 'timezone']) assert.equal(mode(join(box.etc, path)), 0o644, path);
  for (const path of [...box.wifiFiles(), join(box.etc, 'ssh/shoebox_authorized_keys')])
    assert.equal(mode(path), 0o600, path);
});

test('without any settings the box has its own name and no door is open', async (t) => {
  const box = makeBox(t);
  await box.start();
  assert.equal(box.etcFile('hostname'), 'shoebox\n');
  assert.equal(readlinkSync(join(box.etc, 'localtime')), '/usr/share/zoneinfo/Etc/UTC');
  assert.deepEqual(box.wifiFiles(), []);
  assert.equal(existsSync(join(box.etc, 'ssh/shoebox_authorized_keys')), false);
  assert.deepEqual(readdirSync(box.state), []);
});

test('a later file changes what it names and leaves the rest', async (t) => {
  const box = makeBox(t);
  box.putPreseed(PRESEED);
  await box.start();
  box.putPreseed('[wlan]\nssid = "Work"\npassword = "another phrase"\n[ssh]\nenabled = false', 'custom.toml');
  await box.start();
  assert.equal(box.etcFile('hostname'), 'photos\n');
  assert.equal(box.wifiFiles().length, 2);
  // Taken away while the box runs.
  assert.equal(existsSync(join(box.etc, 'ssh/shoebox_authorized_keys')), false);
  box.putPreseed('[wlan]\nssid = "Work"\npassword = "the right phrase"');
  await box.start();
  const phrases = box.wifiFiles().map((file) => /^psk=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]);
  assert.deepEqual(phrases.toSorted(), ['a \\\\ secret phrase', 'the right phrase']);
});

test('a refused file is left alone, explained beside it, and taken once it is right', async (t) => {
  const box = makeBox(t);
  const wrong = PRESEED.replace('Europe/Berlin', 'Europe/Nowhere');
  box.putPreseed(wrong);
  await box.start();
  assert.equal(readFileSync(join(box.card, 'rpi-preseed.toml'), 'utf8'), wrong);
  assert.match(
    readFileSync(join(box.card, 'shoebox-says.txt'), 'utf8'),
    /- locale\.timezone: there is no such/,
  );
  assert.equal(box.etcFile('hostname'), 'shoebox\n');
  box.putPreseed(PRESEED);
  await box.start();
  assert.deepEqual(readdirSync(box.card), ['rpi-preseed.toml.applied']);
  assert.equal(box.etcFile('hostname'), 'photos\n');
});

test('the name and the time zone that were chosen in the browser are taken over once', async (t) => {
  const box = makeBox(t);
  box.putPreseed(PRESEED);
  await box.start();
  box.choose('{"name":"attic","timeZone":"Europe/Berlin","sshKeys":["ssh-ed25519 AAAA"],"wifi":[]}');
  await box.start();
  assert.equal(box.etcFile('hostname'), 'attic\n');
  // Nothing else is taken from there, and nothing lost.
  assert.equal(box.etcFile('ssh/shoebox_authorized_keys'), `${KEY}\n`);
  assert.equal(box.wifiFiles().length, 1);

  box.putPreseed('[system]\nhostname = "cellar"\n');
  await box.start();
  await box.start();
  assert.equal(box.etcFile('hostname'), 'cellar\n');
  assert.ok(!box.log().includes('attic'));
});

test('a choice that nobody can have made is taken away and changes nothing', async (t) => {
  const box = makeBox(t);
  const put = [
    ...['', 'null', '{"name":"a b","timeZone":"Europe/Berlin"}', '{"name":"attic"}'],
    ...['{"name":"attic","timeZone":"../../etc/shadow"}', '{"name":"attic","timeZone":"Europe/Atlantis"}'],
  ].map((text) => () => box.choose(text));
  for (const make of [
    ...put,
    () => mkdirSync(box.choiceFile),
    () => symlinkSync('/etc/shadow', box.choiceFile),
  ]) {
    make();
    await box.start();
    assert.equal(box.etcFile('hostname'), 'shoebox\n');
    assert.equal(existsSync(box.choiceFile), false);
  }
});

test('a choice that cannot be kept does not take the settings from the system', async (t) => {
  const box = makeBox(t);
  // Nothing can be written there, as on a card that takes no changes.
  mkdirSync(besidePath(join(box.state, 'settings.v1.json')));
  box.choose('{"name":"attic","timeZone":"Europe/Berlin"}');
  // Somebody made a folder where provision puts what it reads.
  mkdirSync(`${box.choiceFile}.taken/deep`, { recursive: true });
  await assert.rejects(box.start(), { code: 'EISDIR' });
  assert.equal(box.etcFile('hostname'), 'attic\n');
});

test('what is too large, a folder or a link in the place of the file is refused', async (t) => {
  const box = makeBox(t);
  const file = join(box.card, 'rpi-preseed.toml');
  const put = [
    () => {
      box.putPreseed('');
      truncateSync(file, 4 * 1024 ** 3);
    },
    () => mkdirSync(file),
    () => symlinkSync('/etc/shadow', file),
  ];
  for (const make of put) {
    make();
    await box.start();
    assert.match(readFileSync(join(box.card, 'shoebox-says.txt'), 'utf8'), /- it is /);
    assert.equal(box.etcFile('hostname'), 'shoebox\n');
    rmSync(file, { recursive: true });
  }
});

test('a script on the card is never run nor taken for settings', async (t) => {
  const box = makeBox(t);
  const marker = join(box.card, 'ran');
  for (const name of ['firstrun.sh', 'user-data', 'cmdline.txt'])
    writeFileSync(join(box.card, name), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
  box.putPreseed(`[system]\nhostname = "$(touch ${marker})"`);
  await box.start();
  assert.equal(existsSync(marker), false);
  assert.ok(existsSync(join(box.card, 'firstrun.sh')));
});

test('settings that a dying card mangled are set aside, and the box starts', async (t) => {
  const box = makeBox(t);
  for (const mangled of [
    '',
    '{"schema": 1',
    '{"schema":1,"hostName":"a b","wifi":[],"sshKeys":[]}',
    'null',
  ]) {
    writeFileSync(join(box.state, 'settings.v1.json'), mangled);
    await box.start();
    assert.equal(box.etcFile('hostname'), 'shoebox\n');
    assert.equal(readFileSync(join(box.state, 'settings.v1.json.damaged'), 'utf8'), mangled);
  }
  assert.match(box.log(), /settings could not be read/);
});

test('after a cut between keeping the settings and wiping the file, it is applied again', async (t) => {
  const box = makeBox(t);
  box.putPreseed(PRESEED);
  await box.start();
  const { settings } = await readSettings(box.state);
  box.putPreseed(PRESEED);
  await box.start();
  assert.deepEqual((await readSettings(box.state)).settings, settings);
  assert.equal(box.wifiFiles().length, 1);
});
