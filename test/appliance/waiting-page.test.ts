import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';

const program = join(import.meta.dirname, '../../os/rootfs/usr/lib/shoebox/box-waits');

/** Starts the page as systemd does, with its socket as the third file; returns its address. */
async function startPage(t: TestContext): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
  const child = spawn('perl', [program], { stdio: ['ignore', 'inherit', 'inherit', fd] });
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  // From now on the program has the socket to itself.
  server.close();
  return `http://127.0.0.1:${port}`;
}

test('a box without its drive says so to browsers, and to apps in their own words', async (t) => {
  const url = await startPage(t);
  const page = await fetch(`${url}/photos`);
  assert.equal(page.status, 503);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.match(await page.text(), /<h1>Shoebox is waiting for its drive<\/h1>/);
  const ping = await fetch(`${url}/api/server/ping`);
  assert.deepEqual(
    [ping.status, await ping.json()],
    [503, { message: 'Shoebox is waiting for its drive', error: 'Service Unavailable', statusCode: 503 }],
  );
  const head = await fetch(url, { method: 'HEAD' });
  assert.deepEqual([head.status, await head.text()], [503, '']);
});

test('a phone that is still sending hears that it is too early', async (t) => {
  const url = await startPage(t);
  const answer = await fetch(`${url}/api/assets`, { method: 'POST', body: Buffer.alloc(5_000_000) });
  assert.equal(answer.status, 503);
  assert.equal(((await answer.json()) as { statusCode: number }).statusCode, 503);
});

test('a visitor who says nothing does not keep the others out', async (t) => {
  const url = await startPage(t);
  const silent = connect(Number(new URL(url).port), '127.0.0.1');
  t.after(() => silent.destroy());
  await once(silent, 'connect');
  silent.write('GET / HT');
  assert.equal((await fetch(url)).status, 503);
});
