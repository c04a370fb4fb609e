import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { runCommand } from '#runtime/command';
import { joinNetworks } from './join-networks.ts';

const rules = join(import.meta.dirname, '../../os/rootfs/etc/nftables.conf');
const UNIT = '../../os/rootfs/usr/lib/systemd/system/box-ready.service';

/** Listens on ports like the gateway's, the waiting page's, SSH's and one that nobody knows of; answers with the port's number. */
const LISTEN = `
  const ports = [2283, 2284, 22, 9000];
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

test('until the gateway is ready, and when it is gone, the firewall leads to the page that says so', async (t) => {
  const { boxAddresses, ask, nft } = await startBox(t);
  const all = () =>
    Promise.all(boxAddresses.map((host) => ask(`${host} 2283`, `${host} 80`, `${host} 2284`)));
  const waiting = boxAddresses.map(() => ['2284', '2284', '']);
  assert.deepEqual(await all(), waiting);
  const unit = readFileSync(join(import.meta.dirname, UNIT), 'utf8');
  const lineOf = (key: string) => new RegExp(`^${key}=/usr/sbin/nft (.*)$`, 'm').exec(unit)?.[1] ?? '';
  await nft(lineOf('ExecStart'));
  assert.deepEqual(
    await all(),
    boxAddresses.map(() => ['2283', '2283', '']),
  );
  await nft(lineOf('ExecStop'));
  assert.deepEqual(await all(), waiting);
});

test('the firewall lets in what is served, over both protocols, and nothing else', async (t) => {
  const { boxAddresses, ask, nft } = await startBox(t);
  const [host] = boxAddresses;
  // As box-ready.service does when the gateway has said that it is ready.
  await nft('flush chain inet shoebox not_ready');
  // 80 is the gateway too, so that an address without a port leads there.
  for (const address of boxAddresses)
    assert.deepEqual(
      await ask(`${address} 2283`, `${address} 80`, `${address} 2284`, `${address} 22`, `${address} 9000`),
      ['2283', '2283', '', '', ''],
      address,
    );

  // As ssh.service does while it runs.
  await nft('add element inet shoebox served_tcp { 22 }');
  assert.deepEqual(await ask(`${host} 22`, `${host} 9000`), ['22', '']);
  await nft('delete element inet shoebox served_tcp { 22 }');
  assert.deepEqual(await ask(`${host} 22`), ['']);
});
