import { parse, TomlError } from 'smol-toml';
import {
  type BoxSettings,
  checkCountry,
  checkHostName,
  checkSshKey,
  checkTimeZone,
  checkWifiKey,
  SettingsFault,
  type WifiNetwork,
} from './box-settings.ts';

/**
 * What Raspberry Pi Imager writes for `init_format: rpi-preseed`, and the older custom.toml with the same keys:
 * one TOML file on the part of the card that every computer sees.
 */
export interface Preseed {
  /** Only what the file says. */
  settings: Partial<Omit<BoxSettings, 'schema' | 'wifi'>> & { wifi?: WifiNetwork };
  /** What is in the file and has no meaning here, in words for its author, without values. */
  remarks: string[];
}

/** A file that cannot be taken as it is; nothing of it is applied. Words for its author, without values of the file. */
export class PreseedRefused extends Error {}

/** Keys by table. What is not here is remarked upon, never an error: Imager has new ones now and then. */
const KNOWN: Record<string, readonly string[]> = {
  system: ['hostname'],
  user: ['name', 'password', 'password_encrypted'],
  ssh: ['enabled', 'password_authentication', 'authorized_keys'],
  wlan: ['ssid', 'ssid_hex', 'password', 'password_encrypted', 'hidden', 'country'],
  locale: ['keymap', 'timezone'],
};

/** Tables for other products of Raspberry Pi, which Imager may write for any image. */
const IGNORED = ['connect', 'interfaces'];

type Table = Record<string, unknown>;

/** Reads a preseed file. Throws PreseedRefused, which names every fault at once. */
export function readPreseed(bytes: Uint8Array): Preseed {
  const file = parseToml(bytes);
  const faults: string[] = [];
  const remarks: string[] = [];
  const { config_version: version, ...tables } = file;
  if (version !== undefined && version !== '1.0' && version !== 1)
    faults.push('config_version is not "1.0": this release does not know the newer form');

  for (const [name, table] of Object.entries(tables)) {
    if (IGNORED.includes(name)) continue;
    const known = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
    if (!known) remarks.push(`[${printable(name)}] is not known here`);
    else if (!isTable(table)) faults.push(`${name} has to be a table`);
    else
      for (const key of Object.keys(table))
        if (!known.includes(key)) remarks.push(`${name}.${printable(key)} is not known here`);
  }

  const table = (name: string): Table => (isTable(tables[name]) ? tables[name] : {});
  const settings: Preseed['settings'] = {};
  const take = (place: string, read: () => void) => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SettingsFault)) throw error;
      faults.push(`${place}: ${error.message}`);
    }
  };

  const { hostname } = table('system');
  if (hostname !== undefined) take('system.hostname', () => (settings.hostName = checkHostName(hostname)));
  const { timezone, keymap } = table('locale');
  if (timezone !== undefined) take('locale.timezone', () => (settings.timeZone = checkTimeZone(timezone)));
  if (keymap !== undefined) remarks.push('locale.keymap has no meaning: there is no keyboard');
  const { country } = table('wlan');
  if (country !== undefined) take('wlan.country', () => (settings.country = checkCountry(country)));
  take('wlan', () => {
    const network = readWifi(table('wlan'));
    if (network) settings.wifi = network;
  });
  take('ssh', () => {
    const keys = readSshKeys(table('ssh'), remarks);
    if (keys) settings.sshKeys = keys;
  });
  if (Object.keys(table('user')).length > 0)
    remarks.push('[user] has no meaning: accounts are made in the browser, and SSH takes keys for root');

  if (faults.length > 0) throw new PreseedRefused(faults.join('\n'));
  return { settings, remarks };
}

function parseToml(bytes: Uint8Array): Table {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new PreseedRefused(
      'the file is not UTF-8. A Wi-Fi name in another encoding can be given as wlan.ssid_hex, its bytes in hexadecimal',
    );
  }
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // The parser's own words quote the line, and that may be the one with the password.
    throw new PreseedRefused(`line ${error.line}, column ${error.column}: this is not TOML`);
  }
}

function readWifi(wlan: Table): WifiNetwork | undefined {
  const { ssid, ssid_hex: ssidHex, password, password_encrypted: encrypted, hidden } = wlan;
  if (ssid === undefined && ssidHex === undefined) {
    if (password !== undefined || typeof encrypted === 'string')
      throw new SettingsFault('there is a password, but no ssid that it is for');
    return undefined;
  }
  if (ssid !== undefined && typeof ssid !== 'string') throw new SettingsFault('ssid has to be text');
  if (ssidHex !== undefined && (typeof ssidHex !== 'string' || !/^([0-9a-fA-F]{2})*$/.test(ssidHex)))
    throw new SettingsFault('ssid_hex has to be bytes in hexadecimal');
  if (hidden !== undefined && typeof hidden !== 'boolean')
    throw new SettingsFault('hidden has to be true or false');
  const name = ssidHex === undefined ? Buffer.from(ssid ?? '', 'utf8') : Buffer.from(ssidHex, 'hex');
  if (name.length < 1 || name.length > 32)
    throw new SettingsFault('the name of a Wi-Fi network has to have 1 to 32 bytes');
  return { ssidHex: name.toString('hex'), key: readWifiKey(password, encrypted), hidden: hidden === true };
}

/** In rpi-preseed `password_encrypted` is the key, in custom.toml it says whether `password` is. */
function readWifiKey(password: unknown, encrypted: unknown): string | null {
  const isKey = (value: unknown): value is string =>
    typeof value === 'string' && /^[0-9a-f]{64}$/i.test(value);
  if (typeof encrypted === 'string' && encrypted !== '') {
    if (isKey(encrypted)) return encrypted;
    throw new SettingsFault('password_encrypted has to be 64 hexadecimal digits');
  }
  if (encrypted === true && !isKey(password))
    throw new SettingsFault('an encrypted password has to be 64 hexadecimal digits');
  if (password === undefined || password === '') return null;
  return checkWifiKey(password);
}

/** Undefined: the file says nothing of SSH. An empty list turns it off. */
function readSshKeys(ssh: Table, remarks: string[]): string[] | undefined {
  const { enabled, password_authentication: byPassword, authorized_keys: given } = ssh;
  if (enabled !== undefined && typeof enabled !== 'boolean')
    throw new SettingsFault('enabled has to be true or false');
  if (byPassword === true) remarks.push('ssh.password_authentication is never on: SSH takes keys only');
  const lines = typeof given === 'string' ? given.split('\n') : (given ?? []);
  if (!Array.isArray(lines)) throw new SettingsFault('authorized_keys has to be a list of lines');
  const keys = lines.filter((line) => typeof line !== 'string' || line.trim() !== '').map(checkSshKey);
  if (enabled === false) return [];
  if (enabled === true && keys.length === 0)
    remarks.push('ssh.enabled without authorized_keys: SSH stays off');
  return given === undefined ? undefined : keys;
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** A name from the file as it may stand in a log or a text file. */
const printable = (name: string): string => name.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 40);
