import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { runCommand } from '#runtime/command';

const rules = join(import.meta.dirname, '../../os/rootfs/etc/nftables.conf');

/** Listens on ports like the gateway's, like SSH's and like one that nobody knows of; answers with the port's number. */
const LISTEN = `
  const ports = [2283, 22, 9000];
  let left = ports.length;
  for (const port of ports)
    require('node:net').createServer((socket) => socket.end(String(port)))
      .listen(port, '::', () => { if (--left === 0) console.log('ready'); });`;

/** Prints, for each address and port, what answered: a port's number, or nothing within a second. */
const ASK = `
  const targets = process.argv.slice(1);
  Promise.all(targets.map((target) => new Promise((resolve) => {
    const at = target.lastIndexOf(' ');
    const socket = require('node:net').connect({ host: target.slice(0, at), port: Number(target.slice(at + 1)) });
    let text = '';
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (data) => (text += data)).on('error', () => {}).on('close', () => resolve(text));
  }))).then((answers) => console.log(JSON.stringify(answers)));`;

/** A box and a neighbour in networks of their own, joined by one cable; the box has the rules of the image. */
async function joinNetworks(t: TestContext) {
  const box = `box${process.pid}`;
  const peer = `peer${process.pid}`;
  const run = (line: string) => runCommand('sh', ['-c', line]);
  t.after(async () => {
    for (const name of [box, peer]) await run(`ip netns delete ${name} || true`);
  });
  await run(`ip netns add ${box} && ip netns add ${peer}`);
  await run(`ip link add eth0 netns ${box} type veth peer name eth0 netns ${peer}`);
  for (const [name, host] of [
    [box, 1],
    [peer, 2],
  ] as const) {
    await run(`ip -n ${name} address add 10.9.9.${host}/24 dev eth0`);
    await run(`ip -n ${name} address add fd09::${host}/64 dev eth0 nodad`);
    await run(`ip -n ${name} link set lo up && ip -n ${name} link set eth0 up`);
  }
  await run(`ip netns exec ${box} nft -f ${rules}`);
  const server = spawn('ip', ['netns', 'exec', box, process.execPath, '-e', LISTEN], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => server.kill('SIGKILL'));
  await once(createInterface(server.stdout), 'line');
  return {
    nft: (line: string) => run(`ip netns exec ${box} nft '${line}'`),
    ask: async (...targets: string[]) => {
      const memory = { memoryBytes: 64 * 1024 ** 3 };
      const args = ['netns', 'exec', peer, process.execPath, '-e', ASK, '--', ...targets];
      return JSON.parse((await runCommand('ip', args, memory)).toString()) as string[];
    },
  };
}

test('the firewall lets in what is served, over both protocols, and nothing else', async (t) => {
  const { ask, nft } = await joinNetworks(t);
  // 80 is the gateway too, so that an address without a port leads there.
  for (const host of ['10.9.9.1', 'fd09::1'])
    assert.deepEqual(
      await ask(`${host} 2283`, `${host} 80`, `${host} 22`, `${host} 9000`),
      ['2283', '2283', '', ''],
      host,
    );

  // As ssh.service does while it runs.
  await nft('add element inet shoebox served_tcp { 22 }');
  assert.deepEqual(await ask('10.9.9.1 22', '10.9.9.1 9000'), ['22', '']);
  await nft('delete element inet shoebox served_tcp { 22 }');
  assert.deepEqual(await ask('10.9.9.1 22'), ['']);
});
