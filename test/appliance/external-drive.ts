import assert from 'node:assert/strict';
import { globSync, lstatSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { accountFileChanges, accountFileQueries } from '#catalog/account-files';
import { openCatalog } from '#catalog/open';
import { sidecarChanges, sidecarQueries } from '#catalog/sidecars';
import { createLog } from '#runtime/log';
import { poolLayout } from '#storage/layout';
import { makeJpeg } from '#test/fixtures/media';
import { openIngest } from '../../services/ingest/ingest.ts';
import { writeSidecars } from '../../services/ingest/write-sidecars.ts';
import { type Credential, startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

export interface Asset {
  id: string;
  originalFileName: string;
  originalPath: string;
  checksum: string;
  libraryId: string | null;
  isOffline: boolean;
  isTrashed: boolean;
  isFavorite: boolean;
  thumbhash: string | null;
  exifInfo?: { description: string | null };
}
export interface Library {
  id: string;
  importPaths: string[];
  assetCount: number;
  refreshedAt: string | null;
}
export interface Statistics {
  photos: number;
  videos: number;
  total: number;
  usage: number;
  offline: number;
}

/** Gateway and ingest on one pool, which may read below `root`; `drive` is a folder there that stands for a drive. */
export async function startWithDrive(t: TestContext) {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'external-')));
  t.after(() => rm(root, { recursive: true }));
  const drive = join(root, 'drive');
  await mkdir(drive);
  // As /media is on some boards.
  const alias = `${root}-alias`;
  await symlink(root, alias);
  t.after(() => rm(alias));
  const externalDirs = [alias];
  const gateway = await startGateway(t, { config: { externalDirs } });
  const { poolDir, runDir } = gateway.parts.config;
  const startIngest = async () => {
    const ingest = await openIngest({
      config: {
        poolDir,
        runDir,
        externalDirs,
        gazetteerFile: join(poolDir, 'none.db'),
        reservedBytes: 0,
        logLevel: 'silent',
        concurrency: 2,
        decoderMemoryBytes: 768 * 1024 ** 2,
        decoderTimeMs: 60_000,
      },
      log: createLog('ingest', 'silent'),
      now: Date.now,
    });
    let stopping: Promise<void> | undefined;
    const stop = () => (stopping ??= ingest.stop());
    t.after(stop);
    return { ...ingest, stop };
  };
  const ingest = await startIngest();
  const owner = await gateway.signUp();
  const ask = <Answer = unknown>(method: string, path: string, json?: unknown, as: Credential = owner) =>
    gateway.ask<Answer>(method, `/api${path}`, { as, ...(json !== undefined && { json }) });
  return {
    gateway,
    ingest,
    startIngest,
    owner,
    root,
    drive,
    ask,
    /** Makes a library of these folders and waits until it has been read. */
    addLibrary: async (importPaths: string[], more: object = {}) => {
      const library = await ask<Library>('POST', '/libraries', { ownerId: owner.id, importPaths, ...more });
      await ingest.idle();
      return library;
    },
    scan: async ({ id }: Library) => {
      await ask('POST', `/libraries/${id}/scan`);
      await ingest.idle();
    },
    search: async (filters: object = {}) =>
      (
        await ask<{ assets: { items: Asset[] } }>('POST', '/search/metadata', {
          withExif: true,
          ...filters,
        })
      ).assets.items.toSorted((a, b) => (a.originalPath < b.originalPath ? -1 : 1)),
    statistics: ({ id }: Library) => ask<Statistics>('GET', `/libraries/${id}/statistics`),
  };
}

/** Two folders with three photos, one of which has a sidecar; and what is no photo. */
export async function fillDrive(drive: string): Promise<void> {
  await mkdir(join(drive, '2019/summer'), { recursive: true });
  await makeJpeg(join(drive, 'a.jpg'), { seed: 1 });
  await makeJpeg(join(drive, '2019/b.jpg'), { seed: 2 });
  await makeJpeg(join(drive, '2019/summer/c d.jpg'), { seed: 3 });
  await writeFile(
    join(drive, 'a.jpg.xmp'),
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>
    <rdf:li xml:lang="x-default">Written elsewhere</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>`,
  );
  await writeFile(join(drive, 'notes.txt'), 'not a photo');
  await writeFile(join(drive, '.hidden.jpg'), 'hidden');
}

/** Names, sizes, contents and times of everything below a folder. */
export const photograph = (folder: string) =>
  globSync('**', { cwd: folder })
    .sort()
    .map((name) => {
      const { mtimeMs, ctimeMs, size, mode, ino } = lstatSync(join(folder, name));
      return { name, mtimeMs, ctimeMs, size, mode, ino };
    });

export async function upload(gateway: TestGateway, user: TestUser, file: string): Promise<string> {
  const form = new FormData();
  form.set('assetData', new File([readFileSync(file)], 'upload.jpg'));
  form.set('fileCreatedAt', '2024-05-01T10:00:00Z');
  form.set('fileModifiedAt', '2024-05-01T10:00:00Z');
  const init = { method: 'POST', headers: user.headers, body: form };
  const response = await fetch(`${gateway.url}/api/assets`, init);
  assert.equal(response.status, 201);
  return ((await response.json()) as { id: string }).id;
}

/** Waits for what happens in its own time. */
export async function untilTrue(what: string, look: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await look()) return;
    await wait(50);
  }
  throw new Error(`never came true: ${what}`);
}

/** Writes every sidecar that is due now or in the next minute, as ingest does after some seconds. */
export async function writeAllSidecars(poolDir: string): Promise<void> {
  const layout = poolLayout(poolDir);
  const db = openCatalog(layout.catalogFile);
  let time = Date.now();
  const parts = {
    layout,
    sidecars: { ...sidecarQueries(db), ...sidecarChanges(db) },
    accountFiles: { ...accountFileQueries(db), ...accountFileChanges(db) },
    transact: <Result>(work: () => Result): Result => db.transaction(work).immediate(),
    log: createLog('ingest', 'silent'),
    now: () => time,
  };
  try {
    await writeSidecars(parts);
    time += 60_000;
    await writeSidecars(parts);
  } finally {
    db.close();
  }
}
