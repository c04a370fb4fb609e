import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile, syncReplaced } from '#storage/atomic-write';

/** A radio network that the box joins. */
export interface WifiNetwork {
  /** The name's 1 to 32 bytes in hexadecimal: a name need not be text in any encoding. */
  ssidHex: string;
  /** A passphrase of 8 to 63 printable ASCII characters, or the key itself in 64 hexadecimal digits; null: open. */
  key: string | null;
  /** Does not say its name, so it has to be asked for. */
  hidden: boolean;
}

/** What the owner chose about the box itself, and what /etc is made from at every start. */
export interface BoxSettings {
  /** Changes only with the file's name, so that an older release, after a rollback, still finds its own. */
  schema: 1;
  /** One label of a domain name, in lower case: the box is `<hostName>.local`. */
  hostName: string;
  /** A name of the tz database; null: UTC. */
  timeZone: string | null;
  /** Two letters (ISO 3166-1), whose rules the radio keeps; null: those allowed everywhere. */
  country: string | null;
  wifi: WifiNetwork[];
  /** Public keys as in authorized_keys, one each, without options. None: no SSH at all. */
  sshKeys: string[];
}

export const DEFAULT_SETTINGS: BoxSettings = {
  schema: 1,
  hostName: 'shoebox',
  timeZone: null,
  country: null,
  wifi: [],
  sshKeys: [],
};

/** A name without the schema's number in it would make a newer release overwrite what an older one has to find. */
const FILE = 'settings.v1.json';

/** Networks and keys beyond these are somebody's mistake, and would only slow the start. */
const MOST_WIFI = 16;
const MOST_SSH_KEYS = 32;

/** The settings of the box and whether the file with them could not be understood. */
export interface ReadSettings {
  settings: BoxSettings;
  /** What was wrong with the file, which then got another name; the box starts with the defaults. */
  damage?: string;
}

/** Reads the settings below `stateDir`; defaults where there are none yet. Errors of the card propagate. */
export async function readSettings(stateDir: string): Promise<ReadSettings> {
  const file = join(stateDir, FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { settings: DEFAULT_SETTINGS };
    throw error;
  }
  try {
    return { settings: checkSettings(JSON.parse(text)) };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof SettingsFault)) throw error;
    // Kept for whoever looks into it. A box that does not start for it could not be reached any more.
    await rename(file, `${file}.damaged`);
    // The words of a parser quote what it read, and that may be a key.
    const damage = error instanceof SettingsFault ? error.message : 'not JSON';
    return { settings: DEFAULT_SETTINGS, damage };
  }
}

/** Replaces the settings below `stateDir`: after a power cut the old ones are there or the new ones. */
export async function writeSettings(stateDir: string, settings: BoxSettings): Promise<void> {
  const path = join(stateDir, FILE);
  const content = `${JSON.stringify(checkSettings(settings), null, 2)}\n`;
  await mkdir(dirname(path), { recursive: true });
  await replaceFile({ path, content }, 0o600);
  await syncReplaced([path]);
}

/** A value that no release of ours writes, or a person's mistake, in words without the value. */
export class SettingsFault extends Error {}

/** The settings in `value`, every one checked, or SettingsFault: what is in /etc may come from nothing else. */
export function checkSettings(value: unknown): BoxSettings {
  if (typeof value !== 'object' || value === null) throw new SettingsFault('the settings are no object');
  const { schema, hostName, timeZone, country, wifi, sshKeys } = value as Record<string, unknown>;
  if (schema !== 1) throw new SettingsFault('the settings have another schema than 1');
  if (!Array.isArray(wifi) || wifi.length > MOST_WIFI)
    throw new SettingsFault(`more than ${MOST_WIFI} networks`);
  if (!Array.isArray(sshKeys) || sshKeys.length > MOST_SSH_KEYS)
    throw new SettingsFault(`more than ${MOST_SSH_KEYS} SSH keys`);
  return {
    schema,
    hostName: checkHostName(hostName),
    timeZone: timeZone === null ? null : checkTimeZone(timeZone),
    country: country === null ? null : checkCountry(country),
    wifi: wifi.map(checkWifi),
    sshKeys: sshKeys.map(checkSshKey),
  };
}

/** RFC 1123, one label: what fits before `.local`. Capital letters become small ones. */
export function checkHostName(value: unknown): string {
  const name = typeof value === 'string' ? value.toLowerCase() : '';
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name) || name === 'localhost')
    throw new SettingsFault(
      'the host name has to be 1 to 63 letters (a to z), digits and hyphens, without a hyphen at either end',
    );
  return name;
}

/** The form of a name of the tz database; whether there is one is known where the files are. */
export function checkTimeZone(value: unknown): string {
  if (
    typeof value !== 'string' ||
    value.length > 64 ||
    !/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+){0,2}$/.test(value)
  )
    throw new SettingsFault('the time zone has to be a name like Europe/Berlin');
  return value;
}

export function checkCountry(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Za-z]{2}$/.test(value))
    throw new SettingsFault('the country has to be its two letters, like DE');
  return value.toUpperCase();
}

function checkWifi(value: unknown): WifiNetwork {
  if (typeof value !== 'object' || value === null) throw new SettingsFault('a network is no object');
  const { ssidHex, key, hidden } = value as Record<string, unknown>;
  if (typeof ssidHex !== 'string' || !/^([0-9a-f]{2}){1,32}$/.test(ssidHex))
    throw new SettingsFault('the name of a Wi-Fi network has to have 1 to 32 bytes');
  return { ssidHex, key: key === null ? null : checkWifiKey(key), hidden: hidden === true };
}

/** IEEE 802.11i, annex J: printable ASCII, since it says nothing of other characters. */
export function checkWifiKey(value: unknown): string {
  if (typeof value === 'string' && /^([\x20-\x7e]{8,63}|[0-9a-fA-F]{64})$/.test(value)) return value;
  throw new SettingsFault(
    'the Wi-Fi password has to have 8 to 63 characters, and only letters without accents, digits and signs',
  );
}

const KEY_TYPES =
  'ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(?:256|384|521)|sk-ssh-ed25519@openssh\\.com|sk-ecdsa-sha2-nistp256@openssh\\.com';
const KEY_LINE = new RegExp(`^(${KEY_TYPES}) ([A-Za-z0-9+/]{40,8000}={0,2})(?: ([\\x20-\\x7e]{1,200}))?$`);

/** A line of authorized_keys without options, which could run commands; the type is said twice and has to agree. */
export function checkSshKey(value: unknown): string {
  const match = typeof value === 'string' ? KEY_LINE.exec(value.trim()) : null;
  const [line, type = '', blob = ''] = match ?? [];
  const bytes = Buffer.from(blob, 'base64');
  const said = bytes.length > 4 ? bytes.subarray(4, 4 + bytes.readUInt32BE(0)).toString('latin1') : '';
  if (line === undefined || said !== type)
    throw new SettingsFault('an SSH key has to be one line like "ssh-ed25519 AAAA… name"');
  return line;
}
