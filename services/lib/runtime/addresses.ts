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

/**
 * Where a browser or a phone reaches what listens on `host` and `port`, the address for phones first. `name` is what
 * somebody on this machine answers for on the local network, without `.local`; absent: what Avahi answers for, if it runs.
 */
export function listAddresses({
  host,
  port,
  name = existsSync(AVAHI_SOCKET) ? hostname() : undefined,
}: {
  host: string;
  port: number;
  name?: string | undefined;
}): Address[] {
  const url = (to: string) => `http://${to.includes(':') ? `[${to}]` : to}:${port}`;
  if (!EVERYWHERE.includes(host)) return [{ url: url(host), kind: OWN.includes(host) ? 'own' : 'ip' }];
  const local = Object.entries(networkInterfaces())
    .filter(([network]) => !INSIDE.test(network))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }): Address => ({ url: url(address), kind: 'ip' }));
  const named: Address[] = name === undefined ? [] : [{ url: url(`${name}.local`), kind: 'name' }];
  return [...local, ...named, { url: url('localhost'), kind: 'own' }];
}
