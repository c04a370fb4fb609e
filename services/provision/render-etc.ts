import { createHash } from 'node:crypto';
import type { BoxSettings, WifiNetwork } from './box-settings.ts';

/** A file below /etc. */
export type EtcFile = { content: string; mode: number } | { linkTo: string };

/** The folder in which every file that begins with `shoebox-` is one of ours. */
export const WIFI_DIR = 'NetworkManager/system-connections';

/** Paths below /etc that are gone when the settings do not ask for them. */
export const OPTIONAL_FILES = ['default/wifi-country', 'ssh/shoebox_authorized_keys'];

/** The files of /etc that the settings ask for, by their path below it. Pure. */
export function renderEtc(settings: BoxSettings): Map<string, EtcFile> {
  const { hostName, timeZone, country, wifi, sshKeys } = settings;
  const files = new Map<string, EtcFile>([
    ['hostname', { content: `${hostName}\n`, mode: 0o644 }],
    [
      'hosts',
      {
        // The box's own name has an address before there is a network.
        content: `127.0.0.1 localhost\n127.0.1.1 ${hostName}\n::1 localhost ip6-localhost ip6-loopback\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n`,
        mode: 0o644,
      },
    ],
    ['localtime', { linkTo: `/usr/share/zoneinfo/${timeZone ?? 'Etc/UTC'}` }],
    ['timezone', { content: `${timeZone ?? 'Etc/UTC'}\n`, mode: 0o644 }],
  ]);
  if (country !== null) files.set('default/wifi-country', { content: `COUNTRY=${country}\n`, mode: 0o644 });
  if (sshKeys.length > 0)
    files.set('ssh/shoebox_authorized_keys', { content: `${sshKeys.join('\n')}\n`, mode: 0o600 });
  for (const network of wifi) {
    const id = networkId(network);
    files.set(`${WIFI_DIR}/shoebox-${id.slice(0, 8)}.nmconnection`, {
      content: wifiKeyfile(network, id),
      mode: 0o600,
    });
  }
  return files;
}

/** The same for the same name, so that a network given twice is one. */
function networkId({ ssidHex }: WifiNetwork): string {
  const hex = createHash('sha256').update(ssidHex).digest('hex');
  // In the form of a random UUID (RFC 9562), which NetworkManager asks for.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** nm-settings-keyfile(5). The name goes as numbers of bytes, in which nothing can be smuggled. */
function wifiKeyfile({ ssidHex, key, hidden }: WifiNetwork, id: string): string {
  const ssid = [...Buffer.from(ssidHex, 'hex')].map((byte) => `${byte};`).join('');
  const sections = [
    ['[connection]', `id=wifi-${id.slice(0, 8)}`, `uuid=${id}`, 'type=wifi', 'autoconnect=true'],
    ['[wifi]', 'mode=infrastructure', `ssid=${ssid}`, ...(hidden ? ['hidden=true'] : [])],
    ...(key === null ? [] : [['[wifi-security]', 'key-mgmt=wpa-psk', `psk=${keyfileText(key)}`]]),
    ['[ipv4]', 'method=auto'],
    ['[ipv6]', 'method=auto'],
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A value of GLib's key files: a backslash escapes, and a space at the beginning would be lost. */
const keyfileText = (text: string): string =>
  text.replaceAll('\\', '\\\\').replace(/^ +/, (spaces) => '\\s'.repeat(spaces.length));
