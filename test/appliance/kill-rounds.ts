import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACCOUNT_FILE } from '#contract/sidecars';
import { makeJpeg, randomNumbers } from '#test/fixtures/media';

/**
 * Kills gateway and ingest with SIGKILL at random moments while files are uploaded, and then looks at
 * everything: the proof that an acknowledged photo is never lost and that nothing half-done stays.
 */

const ROOT = join(import.meta.dirname, '../..');
/** Longest life of a process between two kills; starting takes about a third of it. */
const LONGEST_LIFE_MS = 900;
const CONNECTIONS = 3;

export interface KillReport {
  kills: number;
  acknowledged: number;
  /** Answers that were `duplicate` because an earlier, unanswered try had been stored. */
  storedUnanswered: number;
}

/** Runs `kills` kills with what the random seed chooses. Rejects when anything was lost, doubled or left behind. */
export async function runKillRounds(kills: number, seed: number): Promise<KillReport> {
  const scratch = mkdtempSync(join(tmpdir(), 'shoebox-kill-'));
  const poolDir = join(scratch, 'pool');
  const random = randomNumbers(seed);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/api`;
  const env = {
    ...process.env,
    SHOEBOX_DATA: poolDir,
    SHOEBOX_RUN: scratch,
    SHOEBOX_HOST: '127.0.0.1',
    SHOEBOX_PORT: String(port),
    SHOEBOX_LOG: 'error',
    NODE_COMPILE_CACHE: join(ROOT, 'build/compile-cache'),
  };
  const processes = new Map<string, ChildProcess>();
  let isOver = false;
  const start = (name: 'gateway' | 'ingest') => {
    const child = spawn(process.execPath, [join(ROOT, 'services', name, 'main.ts')], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.on('exit', () => {
      if (!isOver) start(name);
    });
    processes.set(name, child);
  };
  start('gateway');
  start('ingest');
  try {
    await answering(`${url}/server/ping`);
    const headers = await signUp(url);
    const base = await basePhotos(scratch);
    const files = new Map<string, Buffer>();
    const acknowledged = new Map<string, string>();
    let storedUnanswered = 0;
    let isKilling = true;

    const uploadForEver = async (connection: number) => {
      for (let number = 0; isKilling; number++) {
        const name = `photo-${connection}-${number}.jpg`;
        // A photo of its own: what follows a JPEG's end does not change the picture.
        const bytes = Buffer.concat([base[number % base.length]!, Buffer.from(name)]);
        files.set(name, bytes);
        for (;;) {
          const answer = await upload(url, headers, name, bytes);
          if (!answer) {
            await sleep(20);
            continue;
          }
          if (answer.status === 'duplicate') storedUnanswered++;
          acknowledged.set(name, answer.id);
          break;
        }
      }
    };
    const uploads = Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => uploadForEver(index)));
    for (let kill = 0; kill < kills; kill++) {
      await sleep(random() * LONGEST_LIFE_MS);
      const victims = random() < 0.6 ? ['gateway'] : random() < 0.7 ? ['ingest'] : ['gateway', 'ingest'];
      for (const name of victims) processes.get(name)?.kill('SIGKILL');
    }
    isKilling = false;
    await uploads;
    await settled(url, headers);
    await inspect({ url, headers, poolDir, files, acknowledged });
    return { kills, acknowledged: acknowledged.size, storedUnanswered };
  } finally {
    isOver = true;
    for (const child of processes.values()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Headers = Record<string, string>;

async function signUp(url: string): Promise<Headers> {
  const account = { email: 'kill@example.org', password: 'kill-password' };
  const post = (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  assert.equal((await post('/auth/admin-sign-up', { ...account, name: 'Kill' })).status, 201);
  const login = (await (await post('/auth/login', account)).json()) as { accessToken: string };
  return { authorization: `Bearer ${login.accessToken}` };
}

/** Undefined when the connection broke or the box said that it cannot now: then a phone tries again. */
async function upload(url: string, headers: Headers, name: string, bytes: Buffer) {
  const form = new FormData();
  form.set('fileCreatedAt', '2024-05-01T10:00:00.000Z');
  form.set('fileModifiedAt', '2024-05-01T10:00:00.000Z');
  form.set('assetData', new Blob([new Uint8Array(bytes)]), name);
  try {
    const response = await fetch(`${url}/assets`, { method: 'POST', headers, body: form });
    const answer = (await response.json()) as { id: string; status: string };
    if (response.status >= 500) return undefined;
    assert.ok(
      response.status === 201 || response.status === 200,
      `${response.status} ${JSON.stringify(answer)}`,
    );
    return answer;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

async function settled(url: string, headers: Headers): Promise<void> {
  for (let round = 0; ; round++) {
    const response = await fetch(`${url}/jobs`, { headers });
    const queues = (await response.json()) as Record<string, { jobCounts: Record<string, number> }>;
    const counts = Object.values(queues).map(({ jobCounts }) => jobCounts);
    if (counts.every((count) => count['active'] === 0 && count['waiting'] === 0 && count['delayed'] === 0))
      return;
    assert.ok(round < 600, `jobs do not end: ${JSON.stringify(counts)}`);
    await sleep(200);
  }
}

interface Everything {
  url: string;
  headers: Headers;
  poolDir: string;
  files: Map<string, Buffer>;
  acknowledged: Map<string, string>;
}

/** Every file is there once, equal, shown, and there is nothing else on the drive. */
async function inspect({ url, headers, poolDir, files, acknowledged }: Everything): Promise<void> {
  const listed = new Map<string, { originalFileName: string; checksum: string; thumbhash: string | null }>();
  for (let page: string | null = '1'; page !== null; ) {
    const response: Response = await fetch(`${url}/search/metadata`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ page: Number(page), size: 1000 }),
    });
    const { assets } = (await response.json()) as {
      assets: {
        items: { id: string; originalFileName: string; checksum: string; thumbhash: string | null }[];
        nextPage: string | null;
      };
    };
    for (const asset of assets.items) {
      assert.ok(!listed.has(asset.id), 'listed twice');
      listed.set(asset.id, asset);
    }
    page = assets.nextPage;
  }
  assert.equal(listed.size, files.size, 'as many assets as files');
  const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('base64');
  for (const [name, bytes] of files) {
    const id = acknowledged.get(name)!;
    const asset = listed.get(id);
    assert.ok(asset, `${name} is listed`);
    assert.equal(asset.originalFileName, name);
    assert.equal(asset.checksum, sha1(bytes));
    assert.ok(asset.thumbhash, `${name} was processed`);
    const original = await fetch(`${url}/assets/${id}/original`, { headers });
    assert.equal(sha1(Buffer.from(await original.arrayBuffer())), sha1(bytes), `${name} is equal`);
    const thumbnail = await fetch(`${url}/assets/${id}/thumbnail`, { headers });
    assert.equal(thumbnail.status, 200, `${name} has a thumbnail`);
    assert.ok((await thumbnail.arrayBuffer()).byteLength > 0);
  }
  // Beside originals lie what people added to them, and one file about the account; both are written when there is
  // time, so they may be there or not yet.
  const listLibrary = () =>
    listFiles(join(poolDir, 'library')).filter((path) => basename(path) !== ACCOUNT_FILE);
  // What a kill left of a sidecar's new content is overwritten by the next try. One listing is waited for and looked
  // at: between two, the next sidecar may have begun.
  let stored = listLibrary();
  for (let round = 0; round < 150 && stored.some((path) => isUnfinished(path)); round++) {
    await sleep(200);
    stored = listLibrary();
  }
  const originals = stored.filter((path) => !path.endsWith('.xmp'));
  assert.deepEqual(
    originals.map((path) => sha1(readFileSync(path))).sort(),
    [...files.values()].map(sha1).sort(),
  );
  const owned = new Set(originals.map((path) => `${path}.xmp`));
  assert.deepEqual(
    stored.filter((path) => path.endsWith('.xmp') && !owned.has(path)),
    [],
    'every sidecar has its original',
  );
  assert.deepEqual(listFiles(join(poolDir, '.shoebox/incoming')), []);
  assert.deepEqual(
    listFiles(join(poolDir, '.shoebox/derived')).length,
    files.size * 2,
    'a preview and a thumbnail of each, and nothing else',
  );
}

/** As besidePath in storage/atomic-write.ts names it. */
const isUnfinished = (path: string) => /^\.shoebox-[0-9a-f]{16}$/.test(basename(path));

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function basePhotos(folder: string): Promise<Buffer[]> {
  const photos: Buffer[] = [];
  for (let seed = 1; seed <= 5; seed++) {
    const path = join(folder, `base-${seed}.jpg`);
    await makeJpeg(path, { widthPx: 900, heightPx: 600, seed });
    photos.push(readFileSync(path));
  }
  return photos;
}

async function answering(url: string): Promise<void> {
  for (let round = 0; ; round++) {
    try {
      if ((await fetch(url)).ok) return;
    } catch (error) {
      if (round > 300) throw error;
    }
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
