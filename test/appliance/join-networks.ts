import type { TestContext } from 'node:test';
import { runCommand } from '#runtime/command';

export interface JoinedNetworks {
  /** Words to put before a command, so that it runs on that machine. */
  box: readonly string[];
  peer: readonly string[];
  /** Of each on their cable. */
  boxAddresses: readonly string[];
  peerAddresses: readonly string[];
}

/**
 * A box and a neighbour in networks of their own, joined by one cable, with an IPv4 and an IPv6 address each; they
 * go with the test. Needs root, and iproute2.
 */
export async function joinNetworks(t: TestContext): Promise<JoinedNetworks> {
  const box = `box${process.pid}`;
  const peer = `peer${process.pid}`;
  const run = (line: string) => runCommand('sh', ['-c', line]);
  t.after(async () => {
    for (const name of [box, peer]) await run(`ip netns delete ${name} || true`);
  });
  await run(`ip netns add ${box} && ip netns add ${peer}`);
  await run(`ip link add eth0 netns ${box} type veth peer name eth0 netns ${peer}`);
  const addresses = (host: number) => [`10.9.9.${host}`, `fd09::${host}`];
  for (const [name, host] of [
    [box, 1],
    [peer, 2],
  ] as const) {
    const [ipv4, ipv6] = addresses(host);
    await run(`ip -n ${name} address add ${ipv4}/24 dev eth0`);
    await run(`ip -n ${name} address add ${ipv6}/64 dev eth0 nodad`);
    await run(`ip -n ${name} link set lo up && ip -n ${name} link set eth0 up`);
    await run(`ip -n ${name} route add default via 10.9.9.${3 - host}`);
  }
  const inside = (name: string) => ['ip', 'netns', 'exec', name];
  return { box: inside(box), peer: inside(peer), boxAddresses: addresses(1), peerAddresses: addresses(2) };
}
