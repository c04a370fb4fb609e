import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { CatalogDamaged, isDamage } from './check-catalog.ts';
import { migrations } from './migrations/index.ts';
import { prepareLazily } from './prepare-lazily.ts';

export type Catalog = Sqlite.Database;

export interface OpenCatalogOptions {
  /**
   * `acknowledged`: a commit is on the drive before it returns (what an upload's answer stands on).
   * `remakeable`: a power cut may take the last commits back, never half of one (results of jobs).
   * Default `acknowledged`.
   */
  durability?: 'acknowledged' | 'remakeable';
  /** Memory for pages. Default 8 MiB. */
  cacheBytes?: number;
}

/**
 * Opens the catalog in `file`, made when it is not there, and brings it to the newest schema.
 * The caller closes it. Throws CatalogDamaged, which says what to do. Several processes may have it open: readers never wait, writers wait for each other.
 */
export function openCatalog(file: string, options: OpenCatalogOptions = {}): Catalog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const db = new Sqlite(file, { timeout: 10_000 });
  try {
    // The first that looks into the file.
    db.pragma('journal_mode = WAL');
  } catch (error) {
    db.close();
    throw isDamage(error) ? new CatalogDamaged(file, error) : error;
  }
  db.pragma(`synchronous = ${options.durability === 'remakeable' ? 'NORMAL' : 'FULL'}`);
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma(`cache_size = ${-Math.round((options.cacheBytes ?? 8 * 1024 ** 2) / 1024)}`);
  // The log is cut back after a checkpoint, so that one large import does not hold its space for ever.
  db.pragma('journal_size_limit = 67108864');
  migrate(db);
  prepareLazily(db);
  return db;
}

/** A catalog written by a newer release than this one; going on could lose what it knows. */
export class CatalogTooNew extends Error {
  constructor(found: number, known: number) {
    super(
      `The catalog has schema ${found}, but this release knows only up to ${known}. Install the newer release.`,
    );
  }
}

function migrate(db: Catalog): void {
  const version = () => db.pragma('user_version', { simple: true }) as number;
  if (version() > migrations.length) throw new CatalogTooNew(version(), migrations.length);
  if (version() === migrations.length) return;
  // Gateway and ingest may start together: the second waits here and then finds the work done.
  db.transaction(() => {
    for (let next = version(); next < migrations.length; next++) {
      db.exec(migrations[next]!);
      db.pragma(`user_version = ${next + 1}`);
    }
  }).immediate();
}
