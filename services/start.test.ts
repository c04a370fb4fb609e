import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';

interface Line {
  service: string;
  msg: string;
  addresses?: string[];
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  server.close();
  await once(server, 'close');
  return address.port;
}

/** Starts everything as `npm start` does, with a pool and a temporary folder of its own. */
async function startShoebox(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const port = await findFreePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts')], {
    env: {
      ...process.env,
      TMPDIR: folder,
      SHOEBOX_DATA: join(folder, 'pool'),
      SHOEBOX_HOST: '127.0.0.1',
      SHOEBOX_PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Line | undefined> => {
    const { value, done } = await lines.next();
    return done ? undefined : (JSON.parse(value) as Line);
  };
  return { child, exited, folder, port, next };
}

test('everything starts, says where it answers, and stops in order when it is asked to', async (t) => {
  const { child, exited, folder, port, next } = await startShoebox(t);
  let line = await next();
  while (line && line.msg !== 'ready') line = await next();
  assert.deepEqual(line?.addresses, [`http://127.0.0.1:${port}`]);
  const response = await fetch(`${line?.addresses?.[0]}/api/server/ping`);
  assert.deepEqual(await response.json(), { res: 'pong' });
  assert.ok(existsSync(join(folder, 'pool')));
  assert.ok(readdirSync(folder).some((name) => name.startsWith('shoebox-')));

  child.kill('SIGINT');
  const stopped: string[] = [];
  for (line = await next(); line; line = await next()) if (line.msg === 'stopped') stopped.push(line.service);
  assert.deepEqual(await exited, [0, null]);
  assert.deepEqual(stopped, ['gateway', 'ingest']);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('shoebox-')),
    [],
  );
});
