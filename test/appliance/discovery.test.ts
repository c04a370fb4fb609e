import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { runCommand } from '#runtime/command';
import { joinNetworks } from './join-networks.ts';
import { startGateway } from './start-gateway.ts';

const root = join(import.meta.dirname, '../..');
const rules = join(root, 'os/rootfs/etc/nftables.conf');

/** Asks the network for the names in its arguments and prints every record that came within two seconds. */
const ASK = `
  const mdns = require('multicast-dns')();
  const found = [];
  mdns.on('response', ({ answers, additionals }) => found.push(...answers, ...additionals));
  const questions = process.argv.slice(1).map((text) => {
    const [name, type] = text.split(' ');
    return { name, type };
  });
  // Nobody sends a lost packet again.
  mdns.on('ready', () => {
    mdns.query(questions);
    setInterval(() => mdns.query(questions), 500);
  });
  setTimeout(() => { console.log(JSON.stringify(found)); process.exit(); }, 2000);`;

interface Found {
  name: string;
  type: string;
  data: unknown;
}

/** Resolves with the process and the name that it took. */
async function startDiscovery(t: TestContext, [file = '', ...prefix]: readonly string[], runDir?: string) {
  const child: ChildProcess = spawn(
    file,
    [...prefix, process.execPath, join(root, 'services/discovery/main.ts')],
    {
      env: { ...process.env, SHOEBOX_LOG: 'info', SHOEBOX_RUN: runDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  t.after(() => child.kill('SIGKILL'));
  for await (const line of createInterface(child.stdout!)) {
    const { msg, hostName } = JSON.parse(line) as { msg: string; hostName?: string };
    if (msg === 'name announced') return { child, hostName };
  }
  throw new Error('the process ended before it had a name');
}

/** What is heard within two seconds. */
async function askOnce([file = '', ...prefix]: readonly string[], ...questions: string[]): Promise<Found[]> {
  const args = [...prefix, process.execPath, '-e', ASK, '--', ...questions];
  const answer = await runCommand(file, args, { cwd: root, memoryBytes: 64 * 1024 ** 3 });
  return JSON.parse(answer.toString()) as Found[];
}

/** Asks until somebody answers: a busy machine may need the two seconds to begin. */
async function ask(from: readonly string[], ...questions: string[]): Promise<Found[]> {
  for (let tries = 0; ; tries++) {
    const found = await askOnce(from, ...questions);
    if (found.length > 0 || tries === 4) return found;
  }
}

test('a neighbour finds the box by its name and its pages by their service, through the firewall', async (t) => {
  const { box, peer, boxAddresses } = await joinNetworks(t);
  await runCommand(box[0]!, [...box.slice(1), 'nft', '-f', rules]);
  const { hostName, child } = await startDiscovery(t, box);
  assert.equal(hostName, 'shoebox');

  const found = await ask(peer, 'shoebox.local A', 'shoebox.local AAAA', '_http._tcp.local PTR');
  const addresses = found.filter(({ name }) => name === 'shoebox.local').map(({ data }) => data);
  for (const address of boxAddresses) assert.ok(addresses.includes(address), JSON.stringify(found));
  const service = found.find(({ type }) => type === 'SRV');
  assert.deepEqual(service && [service.name, (service.data as { port: number }).port], [
    'Shoebox on shoebox._http._tcp.local',
    2283,
  ]);

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.equal(code, 0);
  assert.deepEqual(await askOnce(peer, 'shoebox.local A'), []);
});

test('the name that the owner gives the box is the one that neighbours find, and that phones are told', async (t) => {
  const gateway = await startGateway(t, { config: { host: '::', localName: 'shoebox' } });
  const owner = await gateway.signUp();
  const { box, peer, boxAddresses } = await joinNetworks(t);
  await startDiscovery(t, box, gateway.parts.config.runDir);
  const name = (wanted: string) =>
    gateway.ask('PUT', '/api/appliance/setup/box', {
      as: owner,
      json: { name: wanted, timeZone: 'Europe/Berlin' },
    });
  const isTold = async (url: string) => {
    const { addresses } = await gateway.ask<{ addresses: { url: string }[] }>(
      'GET',
      '/api/appliance/addresses',
      { as: owner },
    );
    return addresses.some((address) => address.url.startsWith(url));
  };
  assert.ok(await isTold('http://shoebox.local:'));

  await name('fotos-oma');
  while (!(await isTold('http://fotos-oma.local:'))) await wait(100);
  const found = await ask(peer, 'fotos-oma.local A', '_http._tcp.local PTR');
  const addresses = found.filter((record) => record.name === 'fotos-oma.local').map(({ data }) => data);
  assert.ok(addresses.includes(boxAddresses[0]), JSON.stringify(found));
  assert.ok(
    found.some(({ data }) => data === 'Shoebox on fotos-oma._http._tcp.local'),
    JSON.stringify(found),
  );
  // Other records may still be told of their own accord.
  const before = await ask(peer, 'shoebox.local A');
  assert.deepEqual(
    before.filter((record) => record.name === 'shoebox.local'),
    [],
  );
});

test('a second box takes the next name and leaves the first its own', async (t) => {
  const { box, peer, boxAddresses, peerAddresses } = await joinNetworks(t);
  await startDiscovery(t, box);
  const { hostName } = await startDiscovery(t, peer);
  assert.equal(hostName, 'shoebox-2');
  const found = await ask(peer, 'shoebox.local A', 'shoebox-2.local A');
  const of = (name: string) =>
    found.filter((record) => record.name === name && record.type === 'A').map(({ data }) => data);
  assert.deepEqual([...new Set(of('shoebox.local'))], boxAddresses.slice(0, 1));
  assert.deepEqual([...new Set(of('shoebox-2.local'))], peerAddresses.slice(0, 1));
});
