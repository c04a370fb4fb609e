import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { runCommand } from '#runtime/command';
import { joinNetworks } from './join-networks.ts';

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

/** V8 reserves more address space than a command of ours may have. */
const ADDRESS_SPACE = { memoryBytes: 64 * 1024 ** 3 };

/** A box behind the rules of the image, and a neighbour who asks it. */
async function startBox(t: TestContext) {
  const { box, peer, boxAddresses } = await joinNetworks(t);
  const run = ([file = '', ...prefix]: readonly string[], args: string[]) =>
    runCommand(file, [...prefix, ...args], ADDRESS_SPACE);
  await run(box, ['nft', '-f', rules]);
  const [file = '', ...prefix] = box;
  const server = spawn(file, [...prefix, process.execPath, '-e', LISTEN], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => server.kill('SIGKILL'));
  await once(createInterface(server.stdout), 'line');
  return {
    boxAddresses,
    nft: (line: string) => run(box, ['nft', line]),
    ask: async (...targets: string[]) =>
      JSON.parse((await run(peer, [process.execPath, '-e', ASK, '--', ...targets])).toString()) as string[],
  };
}

test('the firewall lets in what is served, over both protocols, and nothing else', async (t) => {
  const { boxAddresses, ask, nft } = await startBox(t);
  // 80 is the gateway too, so that an address without a port leads there.
  for (const host of boxAddresses)
    assert.deepEqual(
      await ask(`${host} 2283`, `${host} 80`, `${host} 22`, `${host} 9000`),
      ['2283', '2283', '', ''],
      host,
    );

  // As ssh.service does while it runs.
  const [host] = boxAddresses;
  await nft('add element inet shoebox served_tcp { 22 }');
  assert.deepEqual(await ask(`${host} 22`, `${host} 9000`), ['22', '']);
  await nft('delete element inet shoebox served_tcp { 22 }');
  assert.deepEqual(await ask(`${host} 22`), ['']);
});
