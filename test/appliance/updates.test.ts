import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Updates } from '#contract/appliance-updates';
import { updateFault } from '#contract/appliance-updates';
import type { NotificationResponse } from '#contract/notifications';
import { createLog } from '#runtime/log';
import { connectUpdates } from '../../services/gateway/ask-updates.ts';
import { tellUpdates } from '../../services/gateway/tell-updates.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';
import { startUpdates } from './start-updates.ts';

type Here = Extract<Updates, { isHere: true }>;

const send = (gateway: TestGateway, as: TestUser, bytes: Buffer, part: Record<string, string | number>) => {
  const query = new URLSearchParams(Object.entries(part).map(([name, value]) => [name, String(value)]));
  return fetch(`${gateway.url}/api/appliance/updates/file?${query}`, {
    method: 'PUT',
    headers: { ...as.headers, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
};

const read = (gateway: TestGateway, as: TestUser) =>
  gateway.ask<Here>('GET', '/api/appliance/updates', { as });

const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { code: string }).code;

test('a Shoebox that was not flashed says so, and refuses everything about updates in words', async (t) => {
  const socket = join(tmpdir(), 'there-is-no-such-socket');
  for (const config of [{}, { updatesSocket: socket }]) {
    const gateway = await startGateway(t, { config });
    const admin = await gateway.signUp();
    assert.deepEqual(await gateway.ask('GET', '/api/appliance/updates', { as: admin }), { isHere: false });
    for (const path of ['check', 'fetch']) {
      const answer = await gateway.request('POST', `/api/appliance/updates/${path}`, { as: admin });
      assert.equal(answer.status, 400);
      assert.equal(await codeOf(answer), 'updates_elsewhere');
    }
    const answer = await send(gateway, admin, Buffer.from('x'), { total: 1, offset: 0, fileId: 'f' });
    assert.equal(await codeOf(answer), 'updates_elsewhere');
  }
});

test('an update goes through the page: a broken upload goes on, the restart is asked for, and the outcome is told once', async (t) => {
  const box = await startUpdates(t);
  const gateway = await startGateway(t, { config: { updatesSocket: box.socket } });
  const admin = await gateway.signUp();
  const bob = await gateway.createUser(admin);
  const update = readFileSync(await box.bundles.make({ version: '0.2.0' }));
  const part = { total: update.length, fileId: 'update.raucb' };

  await breakOff(gateway, admin, update.subarray(0, 100_000), part);
  const half = await until(gateway, admin, ({ step }) => step.kind === 'receiving');
  assert.ok(half.step.kind === 'receiving');
  const offset = half.step.receivedBytes;
  assert.ok(offset > 0 && offset <= 100_000, String(offset));

  const wrong = await send(gateway, admin, update.subarray(7), { ...part, offset: 7 });
  assert.equal(wrong.status, 409);
  assert.equal(await codeOf(wrong), 'update_offset');
  assert.equal((await send(gateway, admin, update.subarray(offset), { ...part, offset })).status, 200);
  await box.updates().settled();
  const { step } = await read(gateway, admin);
  assert.deepEqual(step, { kind: 'installed', version: '0.2.0', restartAt: null });

  const restart = { as: admin, json: { when: 'now' } };
  const asked = await gateway.ask<Here>('POST', '/api/appliance/updates/restart', restart);
  assert.equal(asked.step.kind, 'restarting');
  assert.equal(box.restarts(), 1);

  await box.startAs({ version: '0.2.0', slot: 'B' });
  assert.equal((await read(gateway, admin)).step.kind, 'trying');
  const telling = tellUpdates(gateway.parts);
  t.after(() => telling.close());
  await telling.lookNow();
  assert.deepEqual(await newsOf(gateway, admin), []);
  await box.memory.write('updates/kept.v1.json', { version: '0.2.0', slot: 'B', at: Date.now() });
  await box.updates().tick();
  for (let times = 0; times < 2; times++) await telling.lookNow();
  const [news, ...more] = await newsOf(gateway, admin);
  assert.deepEqual(more, []);
  assert.equal(news?.title, 'The box was updated');
  assert.match(news.description!, /version 0\.2\.0/);
  assert.deepEqual(await newsOf(gateway, bob), []);
  const now = await read(gateway, admin);
  assert.deepEqual([now.installed.version, now.step.kind, now.last?.kind], ['0.2.0', 'idle', 'updated']);
});

test('what was refused is on the page, and going back is told with its reason', async (t) => {
  const box = await startUpdates(t);
  const gateway = await startGateway(t, { config: { updatesSocket: box.socket } });
  const admin = await gateway.signUp();
  const upload = async (options: Parameters<typeof box.bundles.make>[0]) => {
    const update = readFileSync(await box.bundles.make(options));
    const part = { total: update.length, fileId: 'f', offset: 0 };
    assert.equal((await send(gateway, admin, update, part)).status, 200);
    await box.updates().settled();
    return (await read(gateway, admin)).step;
  };
  const stranger = await upload({ signedBy: 'others' });
  assert.ok(stranger.kind === 'failed');
  assert.match(stranger.fault.words, /not made by those who make this box/);
  const older = await upload({ version: '0.0.9' });
  assert.ok(older.kind === 'failed' && older.fault.code === 'older_version');

  await upload({ version: '0.2.0' });
  const fault = updateFault('page_silent');
  await box.memory.write('slot-failure.json', { slot: 'B', version: '0.2.0', reason: 'silent', fault });
  await box.startAs({ version: '0.1.0', slot: 'A' });
  const telling = tellUpdates(gateway.parts);
  t.after(() => telling.close());
  await telling.lookNow();
  const [news] = await newsOf(gateway, admin);
  assert.equal(news?.title, 'The box went back to the version before');
  assert.match(
    news.description!,
    /runs version 0\.1\.0 again instead of 0\.2\.0\. The new version did not answer/,
  );
});

test('nobody but an administrator who has signed in may touch the system', async (t) => {
  const box = await startUpdates(t);
  const gateway = await startGateway(t, { config: { updatesSocket: box.socket } });
  const admin = await gateway.signUp();
  const bob = await gateway.createUser(admin);
  const key = { ...admin, ...(await gateway.createKey(admin, ['all'])) };
  for (const caller of [bob, key]) {
    const answer = await send(gateway, caller, Buffer.from('x'), { total: 1, offset: 0, fileId: 'f' });
    assert.equal(answer.status, 403);
  }
  assert.equal((await read(gateway, admin)).step.kind, 'idle');
  const form = await gateway.request('PUT', '/api/appliance/updates/file?total=1&offset=0&fileId=f', {
    as: admin,
    json: {},
  });
  assert.equal(await codeOf(form), 'update_not_a_file');
  const large = { total: 3 * 1024 ** 3, offset: 0, fileId: 'f' };
  assert.equal((await send(gateway, admin, Buffer.from('x'), large)).status, 400);
  const address = { as: admin, json: { address: 'http://updates.example/' } };
  const plain = await gateway.request('PUT', '/api/appliance/updates/source', address);
  assert.equal(await codeOf(plain), 'update_address');
});

test('a process that answers nonsense or nothing is not there for people, and its fault is in the log', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'updates-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const socket = join(folder, 's');
  const server = createServer((request, response) => {
    if (request.url === '/state') response.writeHead(500).end('{}');
    else request.socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  t.after(() => server.close());
  await assert.rejects(connectUpdates(socket).ask('GET', '/state'), /updates answered 500 to GET \/state/);
  await assert.rejects(connectUpdates(socket).ask('POST', '/check'), { code: 'updates_silent' });
  const gateway = await startGateway(t, {
    config: { updatesSocket: socket },
    log: createLog('gateway', 'silent'),
  });
  const admin = await gateway.signUp();
  const answer = await gateway.request('POST', '/api/appliance/updates/check', { as: admin });
  assert.equal(answer.status, 503);
});

const newsOf = async (gateway: TestGateway, as: TestUser) =>
  (await gateway.ask<NotificationResponse[]>('GET', '/api/notifications', { as })).filter(
    ({ type }) => type === 'SystemMessage',
  );

/** Sends the beginning of an upload, and then the network is gone. */
async function breakOff(
  gateway: TestGateway,
  as: TestUser,
  bytes: Buffer,
  { total, fileId }: { total: number; fileId: string },
): Promise<void> {
  const { port } = new URL(gateway.url);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `PUT /api/appliance/updates/file?total=${total}&offset=0&fileId=${fileId} HTTP/1.1\r\nHost: box\r\n` +
      `Authorization: ${as.headers['authorization']}\r\nContent-Type: application/octet-stream\r\n` +
      `Content-Length: ${total}\r\n\r\n`,
  );
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  await until(gateway, as, ({ step }) => step.kind === 'receiving' && step.receivedBytes > 0);
  socket.resetAndDestroy();
}

/** Asks until it is as it should be; the limit is the test's own. */
async function until(gateway: TestGateway, as: TestUser, isSo: (state: Here) => boolean): Promise<Here> {
  for (;;) {
    const state = await read(gateway, as);
    if (isSo(state)) return state;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
