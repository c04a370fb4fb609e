import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PreseedRefused, readPreseed } from './read-preseed.ts';

/** In the right form; no key has these bytes. */
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUm ann@laptop';

const read = (text: string) => readPreseed(Buffer.from(text));

function reasons(text: string | Uint8Array): string {
  try {
    readPreseed(typeof text === 'string' ? Buffer.from(text) : text);
  } catch (error) {
    if (error instanceof PreseedRefused) return error.message;
    throw error;
  }
  return '';
}

test('every key that Raspberry Pi Imager writes is understood', () => {
  const { settings, remarks } = read(`
    config_version = "1.0"
    [system]
    hostname = "Photos"
    [user]
    name = "ann"
    password = "$5$salt$hash"
    password_encrypted = true
    [ssh]
    enabled = true
    password_authentication = false
    authorized_keys = ["${KEY}"]
    [wlan]
    ssid = "Café"
    password = "a good passphrase"
    password_encrypted = false
    hidden = true
    country = "de"
    [locale]
    keymap = "de"
    timezone = "Europe/Berlin"
    [connect]
    enabled = true
    [interfaces]
    i2c = true`);
  assert.deepEqual(settings, {
    hostName: 'photos',
    timeZone: 'Europe/Berlin',
    country: 'DE',
    wifi: { ssidHex: Buffer.from('Café').toString('hex'), key: 'a good passphrase', hidden: true },
    sshKeys: [KEY],
  });
  assert.equal(remarks.length, 2);
  assert.match(remarks.join(), /keymap.*\[user\]/);
});

test('a name that is no text and a key instead of a passphrase are taken, in both forms', () => {
  const key = '0123456789abcdef'.repeat(4);
  const wifi = { ssidHex: 'ff00e9', key, hidden: false };
  assert.deepEqual(read(`[wlan]\nssid_hex = "FF00E9"\npassword_encrypted = "${key}"`).settings.wifi, wifi);
  assert.deepEqual(
    read(`[wlan]\nssid_hex = "ff00e9"\npassword = "${key}"\npassword_encrypted = true`).settings.wifi,
    wifi,
  );
  assert.equal(read('[wlan]\nssid = "open"').settings.wifi?.key, null);
});

test('a file without settings, with a byte order mark or from Windows is as good as any', () => {
  assert.deepEqual(read('').settings, {});
  assert.deepEqual(read('\ufeff[system]\r\nhostname = "box"\r\n').settings, { hostName: 'box' });
  assert.deepEqual(read('[ssh]\nenabled = false').settings, { sshKeys: [] });
  assert.deepEqual(read('[ssh]\nenabled = true').settings, {});
});

test('what is not known is remarked upon and not refused', () => {
  const { settings, remarks } = read('[system]\nhostname = "box"\nbanner = "x"\n[fan]\nspeed = 3');
  assert.deepEqual(settings, { hostName: 'box' });
  assert.deepEqual(remarks, ['system.banner is not known here', '[fan] is not known here']);
});

for (const [name, text, expected] of [
  ['a host name with a command', '[system]\nhostname = "box; reboot"', /system\.hostname: the host name/],
  ['a host name with a line break', '[system]\nhostname = "box\\nevil"', /system\.hostname/],
  ['a host name with a path', '[system]\nhostname = "../../etc"', /system\.hostname/],
  ['a host name of 64 letters', `[system]\nhostname = "${'a'.repeat(64)}"`, /system\.hostname/],
  ['localhost', '[system]\nhostname = "localhost"', /system\.hostname/],
  ['a host name that is a number', '[system]\nhostname = 7', /system\.hostname/],
  ['a table that is none', 'system = "box"', /system has to be a table/],
  ['a list of tables', '[[wlan]]\nssid = "x"', /wlan has to be a table/],
  ['a time zone that leads away', '[locale]\ntimezone = "../../etc/shadow"', /locale\.timezone/],
  ['an absolute time zone', '[locale]\ntimezone = "/etc/shadow"', /locale\.timezone/],
  ['a country of three letters', '[wlan]\ncountry = "DEU"', /wlan\.country/],
  ['a country with a variable', '[wlan]\ncountry = "$X"', /wlan\.country/],
  ['an empty Wi-Fi name', '[wlan]\nssid = ""', /1 to 32 bytes/],
  ['a Wi-Fi name of 33 bytes', `[wlan]\nssid = "${'é'.repeat(16)}a"`, /1 to 32 bytes/],
  ['a Wi-Fi name that is half a byte', '[wlan]\nssid_hex = "abc"', /ssid_hex/],
  ['a Wi-Fi password of 7 characters', '[wlan]\nssid = "x"\npassword = "1234567"', /8 to 63/],
  ['a Wi-Fi password with a line break', '[wlan]\nssid = "x"\npassword = "12345678\\n[ipv4]"', /8 to 63/],
  ['a Wi-Fi password with an accent', '[wlan]\nssid = "x"\npassword = "ééééééééé"', /accents/],
  ['a password for no network', '[wlan]\npassword = "12345678"', /no ssid/],
  ['a half key', '[wlan]\nssid = "x"\npassword_encrypted = "abcd"', /64 hexadecimal/],
  ['an encrypted passphrase', '[wlan]\nssid = "x"\npassword = "12345678"\npassword_encrypted = true', /64/],
  ['hidden as a word', '[wlan]\nssid = "x"\nhidden = "yes"', /hidden has to be/],
  ['an SSH key with a command', `[ssh]\nauthorized_keys = ['command="x" ${KEY}']`, /an SSH key/],
  ['an SSH key of two lines', `[ssh]\nauthorized_keys = ["${KEY}\\nssh-rsa AAAA"]`, /an SSH key/],
  [
    'an SSH key of another type',
    `[ssh]\nauthorized_keys = ["${KEY.replace('ed25519', 'rsa')}"]`,
    /an SSH key/,
  ],
  ['an SSH key that is a number', '[ssh]\nauthorized_keys = [7]', /an SSH key/],
  ['SSH turned on by a word', '[ssh]\nenabled = "yes"', /enabled has to be/],
  ['a newer form', 'config_version = "2.0"', /newer form/],
] as const) {
  test(`${name} is refused, in words that do not repeat it`, () => {
    const words = reasons(text);
    assert.match(words, expected);
    for (const secret of ['12345678', '1234567', 'AAAAC3', '/etc/shadow', 'reboot', 'évil'])
      assert.ok(!words.includes(secret), words);
  });
}

test('all faults are named at once, and nothing is taken', () => {
  const words = reasons(
    '[system]\nhostname = "-"\n[wlan]\nssid = "x"\npassword = "short"\n[locale]\ntimezone = 1',
  );
  assert.equal(words.split('\n').length, 3);
});

test('a file that is not UTF-8 is refused with what to do about it', () => {
  assert.match(reasons(Buffer.from('[wlan]\nssid = "Caf\xe9"', 'latin1')), /not UTF-8.*ssid_hex/);
});

test('a file that is not TOML is refused with the place and without the line', () => {
  const words = reasons('[wlan]\nssid = "x"\npassword = "very secret');
  assert.match(words, /^line 3, column \d+: this is not TOML$/);
  assert.match(reasons('#!/bin/sh\nreboot\n'), /not TOML/);
  assert.match(reasons('a = 1\na = 2'), /not TOML/);
});

test('names of JavaScript are names like any others', () => {
  const { settings, remarks } = read(
    '[__proto__]\nhostname = "x"\n[constructor]\na = 1\n[system.__proto__]\nb = 1',
  );
  assert.deepEqual(settings, {});
  assert.equal(remarks.length, 3);
  assert.equal(({} as Record<string, unknown>)['hostname'], undefined);
});

test('a deeply nested or long file ends in words', () => {
  assert.match(reasons(`a = ${'['.repeat(20_000)}`), /not TOML/);
  assert.equal(reasons(`# ${'x'.repeat(60_000)}`), '');
});
