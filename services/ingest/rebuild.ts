import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Value from 'typebox/value';
import { checkCatalog } from '#catalog/check-catalog';
import { holdPool } from '#catalog/hold-pool';
import { openCatalog } from '#catalog/open';
import { undamagedName } from '#catalog/place-name';
import { rebuildChanges } from '#catalog/rebuild';
import { findMediaType } from '#contract/media-types';
import {
  ACCOUNT_FILE,
  type AccountRecord,
  accountRecordSchema,
  type SidecarRecord,
  sidecarRecordSchema,
} from '#contract/sidecars';
import { decodeXmp } from '#media/sidecar';
import { readSidecarRecord } from '#media/write-sidecar';
import { XmpError } from '#media/xmp';
import { syncFolder } from '#storage/durable';
import { findExternalFile } from '#storage/external';
import { type PoolLayout, poolLayout } from '#storage/layout';
import {
  type LibraryFile,
  listAccountFolders,
  walkExternalSidecars,
  walkFolder,
} from '#storage/rebuild-walk';

/** What a rebuild found. Paths are below the pool. */
export interface RebuildReport {
  accounts: number;
  originals: number;
  /** Of `originals`, those whose sidecar carried what was known of them. */
  withRecord: number;
  /** Files whose owner has the same bytes elsewhere; they stay where they are. */
  duplicates: string[];
  /** Files that a drive had damaged, kept beside the original that took their place; they stay where they are. */
  damaged: string[];
  /** External libraries, which are read again with the next start, and photos in them that people had spoken of. */
  libraries: number;
  externals: number;
  /** Files that are no photo or video by their name, or are empty. */
  skipped: string[];
}

/** The pool's catalog is whole: making another one would throw away what only it knows. */
export class CatalogIsGood extends Error {
  constructor(file: string) {
    super(`The catalog ${file} is in order, so it is not rebuilt. Move it elsewhere first if you mean to.`);
  }
}

/** There is nothing to make a catalog from; most likely another folder was meant. */
export class NoLibrary extends Error {
  constructor(poolDir: string) {
    super(`There is no folder library in ${poolDir}. Set SHOEBOX_DATA to the folder of the pool.`);
  }
}

/**
 * Makes the catalog of a pool again from its originals and sidecars. Reads the library only; every original is
 * hashed. The new catalog grows beside the old place and gets its name when it is whole, so a rebuild that was
 * stopped goes on where it was when it is called again. A damaged catalog, or an empty one as a start
 * without a catalog makes it, is kept aside under another name.
 * Metadata and previews follow with the next start of ingest. Throws CatalogIsGood,
 * NoLibrary, or PoolHeld while Shoebox runs.
 */
export async function rebuildCatalog({
  poolDir,
  now,
  onOriginal = () => {},
}: {
  poolDir: string;
  now: () => number;
  /** Called after each file, with how many were looked at and their bytes so far. */
  onOriginal?: (done: { files: number; bytes: number }) => void;
}): Promise<RebuildReport> {
  const layout = poolLayout(poolDir);
  if (!existsSync(layout.libraryDir)) throw new NoLibrary(poolDir);
  const releases = [holdPool(poolDir, 'gateway')];
  try {
    releases.push(holdPool(poolDir, 'ingest'));
    if (existsSync(layout.catalogFile)) {
      if (checkCatalog(layout.catalogFile) === 'good') throw new CatalogIsGood(layout.catalogFile);
      await setAside(layout, now());
    }
    const growing = join(dirname(layout.catalogFile), 'rebuilding.db');
    await mkdir(dirname(growing), { recursive: true, mode: 0o700 });
    const report = await fill(layout, growing, now, onOriginal);
    await rename(growing, layout.catalogFile);
    await syncFolder(dirname(layout.catalogFile));
    return report;
  } finally {
    for (const release of releases) release();
  }
}

async function fill(
  layout: PoolLayout,
  file: string,
  now: () => number,
  onOriginal: (done: { files: number; bytes: number }) => void,
): Promise<RebuildReport> {
  const db = openCatalog(file, { durability: 'remakeable', cacheBytes: 32 * 1024 ** 2 });
  try {
    db.pragma('foreign_keys = OFF');
    const rebuild = rebuildChanges(db);
    const report: RebuildReport = {
      accounts: 0,
      originals: 0,
      withRecord: 0,
      duplicates: [],
      damaged: [],
      libraries: 0,
      externals: 0,
      skipped: [],
    };
    const folders = await listAccountFolders(layout.libraryDir);
    const owners = new Map<string, string>();
    for (const folder of folders) {
      const record = await readAccount(layout, folder);
      owners.set(folder, db.transaction(() => rebuild.addAccount(folder, record, now())).immediate());
      report.accounts++;
    }
    let files = 0;
    let bytes = 0;
    for (const folder of folders)
      for await (const found of walkFolder(layout.poolDir, `library/${folder}`)) {
        if (found.path === `library/${folder}/${ACCOUNT_FILE}`) continue;
        const type = findMediaType(found.name);
        if (!type || type.kind === 'sidecar' || found.bytes === 0) report.skipped.push(found.path);
        else if (isKeptDamaged(layout, found)) report.damaged.push(found.path);
        else if (rebuild.findBytes(found.path) === found.bytes) report.originals++;
        else {
          const checksum = await hashFile(layout.resolve(found.path));
          const record = found.hasSidecar ? await readRecord(layout, found, checksum) : undefined;
          const duplicateOf = db
            .transaction(() =>
              rebuild.addOriginal({
                ...found,
                ownerId: owners.get(folder)!,
                sidecarPath: found.hasSidecar ? `${found.path}.xmp` : null,
                checksum,
                type: type.kind === 'video' ? 'VIDEO' : 'IMAGE',
                mimeType: type.mimeType,
                record,
                now: now(),
              }),
            )
            .immediate();
          if (duplicateOf !== undefined) report.duplicates.push(found.path);
          else {
            report.originals++;
            if (record) report.withRecord++;
          }
        }
        files++;
        bytes += found.bytes;
        onOriginal({ files, bytes });
      }
    for (const library of rebuild.listLibraries()) {
      report.libraries++;
      for await (const path of walkExternalSidecars(layout.poolDir, library.id))
        if (await addExternal(layout, db, rebuild, library, path, now())) report.externals++;
    }
    db.transaction(() => rebuild.settle(now())).immediate();
    // One file that is whole by itself, so that it can be renamed.
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
    return report;
  } finally {
    db.close();
  }
}

/** What is replaced may still help somebody: it gets another name, with its log. */
async function setAside({ catalogFile }: PoolLayout, now: number): Promise<void> {
  const stamp = new Date(now).toISOString().replaceAll(':', '');
  for (const end of ['-wal', '-shm', ''])
    if (existsSync(catalogFile + end))
      await rename(catalogFile + end, `${catalogFile}.before-${stamp}${end}`);
  await syncFolder(dirname(catalogFile));
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha1');
  await pipeline(createReadStream(path, { highWaterMark: 1024 ** 2 }), hash);
  return hash.digest('base64');
}

/** What a sidecar says for us, if it is in order and of these bytes; without a checksum, of any. */
async function readRecord(
  layout: PoolLayout,
  { path }: Pick<LibraryFile, 'path'>,
  checksum?: string,
): Promise<SidecarRecord | undefined> {
  try {
    const record = readSidecarRecord(decodeXmp(await readFile(layout.resolve(`${path}.xmp`))));
    const isRecord = Value.Check(sidecarRecordSchema, record);
    return isRecord && (checksum ?? record.checksum) === record.checksum ? record : undefined;
  } catch (error) {
    if (error instanceof XmpError) return undefined;
    throw error;
  }
}

/** One photo of an external library by its sidecar; its file need not be there. */
async function addExternal(
  layout: PoolLayout,
  db: ReturnType<typeof openCatalog>,
  rebuild: ReturnType<typeof rebuildChanges>,
  { id: libraryId, ownerId }: { id: string; ownerId: string },
  sidecarPath: string,
  now: number,
): Promise<boolean> {
  const path = sidecarPath.slice(0, -'.xmp'.length);
  const file = findExternalFile(path);
  const type = file === undefined ? undefined : findMediaType(file);
  if (file === undefined || !type || type.kind === 'sidecar') return false;
  const record = await readRecord(layout, { path });
  if (!record) return false;
  const kind = type.kind === 'video' ? 'VIDEO' : 'IMAGE';
  const found = { ownerId, libraryId, file, type: kind, mimeType: type.mimeType, record, now } as const;
  return db.transaction(() => rebuild.addExternal(found)).immediate();
}

/**
 * Whether a file was set aside as damaged when its photo came back: named so beside the photo, and as long. One of
 * another length is a photo that somebody called so or changed, and comes back rather than being missed.
 */
function isKeptDamaged(layout: PoolLayout, { path, bytes, hasSidecar }: LibraryFile): boolean {
  const before = undamagedName(path);
  if (before === undefined || hasSidecar) return false;
  return statSync(layout.resolve(before), { throwIfNoEntry: false })?.size === bytes;
}

async function readAccount(layout: PoolLayout, folder: string): Promise<AccountRecord | undefined> {
  try {
    const text = await readFile(layout.resolve(`library/${folder}/${ACCOUNT_FILE}`), 'utf8');
    const record: unknown = JSON.parse(text);
    return Value.Check(accountRecordSchema, record) ? record : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
