import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { connectPeer, listenPeer, type PeerConnection } from './peer.ts';

interface Wake {
  kind: string;
}

function socketIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'peer-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'ingest.sock');
}

/** Listens, and lets a test wait until a number of messages have arrived. */
async function openListener(t: TestContext, socketPath: string) {
  const messages: Wake[] = [];
  let arrived = () => {};
  const listener = await listenPeer<Wake>(socketPath, (message) => {
    messages.push(message);
    arrived();
  });
  t.after(() => listener.close());
  const received = async (count: number) => {
    while (messages.length < count) {
      const next = Promise.withResolvers<void>();
      arrived = next.resolve;
      await next.promise;
    }
    return messages;
  };
  return { listener, messages, received };
}

/** A connection that has reached its peer. */
function openConnection(t: TestContext, socketPath: string): Promise<PeerConnection<Wake>> {
  return new Promise((resolve) => {
    const peer = connectPeer<Wake>(socketPath, { onConnect: resolve });
    t.after(() => peer.close());
  });
}

test('messages arrive in order and the socket belongs to this user only', async (t) => {
  const socketPath = socketIn(t);
  const { received } = await openListener(t, socketPath);
  assert.equal(statSync(socketPath).mode & 0o777, 0o600);
  const peer = await openConnection(t, socketPath);
  peer.send({ kind: 'preview' });
  peer.send({ kind: 'größe\n' });
  assert.deepEqual(await received(2), [{ kind: 'preview' }, { kind: 'größe\n' }]);
});

test('the folder of the socket is made for this user only, and what is made beside it keeps its rights', async (t) => {
  const folder = join(socketIn(t), '..');
  const umask = process.umask();
  await openListener(t, join(folder, 'run', 'ingest.sock'));
  assert.equal(statSync(join(folder, 'run')).mode & 0o777, 0o700);
  assert.equal(process.umask(), umask);
});

test('a message to a peer that is away is dropped, and the next one arrives once the peer is there', async (t) => {
  const socketPath = socketIn(t);
  const reached = Promise.withResolvers<void>();
  const peer = connectPeer<Wake>(socketPath, { onConnect: () => reached.resolve() });
  t.after(() => peer.close());
  peer.send({ kind: 'lost' });
  const { received } = await openListener(t, socketPath);
  await reached.promise;
  peer.send({ kind: 'kept' });
  assert.deepEqual(await received(1), [{ kind: 'kept' }]);
});

test('a connection comes back after the peer was restarted', async (t) => {
  const socketPath = socketIn(t);
  const first = await openListener(t, socketPath);
  let reached = Promise.withResolvers<void>();
  const peer = connectPeer<Wake>(socketPath, { onConnect: () => reached.resolve() });
  t.after(() => peer.close());
  await reached.promise;
  reached = Promise.withResolvers<void>();
  await first.listener.close();
  assert.equal(existsSync(socketPath), false);
  const second = await openListener(t, socketPath);
  await reached.promise;
  peer.send({ kind: 'again' });
  assert.deepEqual(await second.received(1), [{ kind: 'again' }]);
});

test('a socket file left by a process that was killed is replaced', async (t) => {
  const socketPath = socketIn(t);
  const script = `require('node:net').createServer().listen(${JSON.stringify(socketPath)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
  assert.ok(statSync(socketPath).isSocket());
  const { received } = await openListener(t, socketPath);
  (await openConnection(t, socketPath)).send({ kind: 'preview' });
  assert.deepEqual(await received(1), [{ kind: 'preview' }]);
});

test('a socket on which a process still answers, or another kind of file, is left alone', async (t) => {
  const socketPath = socketIn(t);
  const { received } = await openListener(t, socketPath);
  await assert.rejects(
    listenPeer(socketPath, () => {}),
    /already listens/,
  );
  (await openConnection(t, socketPath)).send({ kind: 'still here' });
  assert.deepEqual(await received(1), [{ kind: 'still here' }]);

  const file = `${socketPath}.txt`;
  writeFileSync(file, 'a letter');
  await assert.rejects(
    listenPeer(file, () => {}),
    /something else/,
  );
  assert.ok(existsSync(file));
});

test('a path that would be cut off is refused', async () => {
  await assert.rejects(
    listenPeer(`/tmp/${'x'.repeat(110)}.sock`, () => {}),
    /longer than 107 bytes/,
  );
});

test('a peer that sends a line without end or no JSON is disconnected, and others go on', async (t) => {
  const socketPath = socketIn(t);
  const { received } = await openListener(t, socketPath);
  for (const bytes of ['x'.repeat(70_000), `${'"'.padEnd(70_000, 'y')}"\n`, 'not json\n{"kind":"no"}\n']) {
    const raw = createConnection(socketPath);
    t.after(() => raw.destroy());
    raw.on('error', () => {});
    raw.write(bytes);
    raw.resume();
    await once(raw, 'close');
  }
  (await openConnection(t, socketPath)).send({ kind: 'fine' });
  assert.deepEqual(await received(1), [{ kind: 'fine' }]);
});

test('a peer that stops reading makes nothing pile up', async (t) => {
  const socketPath = socketIn(t);
  // A listener that accepts and then never reads.
  const server = createServer({ pauseOnConnect: true });
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  server.listen(socketPath);
  t.after(() => server.close());
  const peer = await openConnection(t, socketPath);
  const [socket] = await accepted;
  t.after(() => socket.destroy());
  const before = process.memoryUsage().rss;
  for (let sent = 0; sent < 5_000; sent++) {
    peer.send({ kind: 'x'.repeat(60_000) });
    if (sent % 100 === 0) await wait(0);
  }
  // 300 MB were offered; about 1 MiB may wait.
  assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
});

test('a connection does not keep its process alive, whether the peer is there or not', async (t) => {
  const socketPath = socketIn(t);
  await openListener(t, socketPath);
  for (const path of [socketPath, `${socketPath}.absent`]) {
    const script = `import { connectPeer } from '#runtime/peer'; connectPeer(${JSON.stringify(path)}, { onConnect: () => {} });`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
  }
});
