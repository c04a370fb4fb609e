import { existsSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';

/** Where something that listens is reached. */
export interface Address {
  url: string;
  /** `ip`: from the local network. `name`: the same, by name. `own`: only from this machine. */
  kind: 'ip' | 'name' | 'own';
}

/** Debian's mDNS daemon, which answers for `<host name>.local`, has its socket here while it runs. */
const AVAHI_SOCKET = '/run/avahi-daemon/socket';

/** Networks that containers and virtual machines of this machine have among themselves. */
const INSIDE = /^(docker|br-|veth|virbr|lxc|lxd|podman|cni)/;

/** Every host, as `host` may say. */
const EVERYWHERE = ['::', '0.0.0.0'];

const OWN = ['127.0.0.1', '::1', 'localhost'];

/** Where a browser or a phone reaches what listens on `host` and `port`, the address for phones first. */
export function listAddresses({ host, port }: { host: string; port: number }): Address[] {
  const url = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  if (!EVERYWHERE.includes(host)) return [{ url: url(host), kind: OWN.includes(host) ? 'own' : 'ip' }];
  const local = Object.entries(networkInterfaces())
    .filter(([name]) => !INSIDE.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }): Address => ({ url: url(address), kind: 'ip' }));
  const named: Address[] = existsSync(AVAHI_SOCKET)
    ? [{ url: url(`${hostname()}.local`), kind: 'name' }]
    : [];
  return [...local, ...named, { url: url('localhost'), kind: 'own' }];
}
