import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** Another process of the same kind works on this pool already. */
export class PoolHeld extends Error {
  constructor(poolDir: string, process: string) {
    super(
      `Another Shoebox (${process}) is running on ${poolDir}. Stop it first, or set SHOEBOX_DATA to another folder.`,
    );
    this.name = 'PoolHeld';
  }
}

/** An open lock that nobody refers to would be collected as garbage, and let go. */
const held = new Set<Sqlite.Database>();

/**
 * Makes sure that one gateway and one ingest work on a pool: the second throws PoolHeld. The lock is SQLite's
 * own on a file beside the catalog; the kernel drops it when the process dies, however it dies.
 * Returns the function that lets go.
 */
export function holdPool(poolDir: string, process: 'gateway' | 'ingest'): () => void {
  const folder = join(poolDir, '.shoebox');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new Sqlite(join(folder, `${process}.lock`), { timeout: 0 });
  try {
    // With a journal in memory the lock leaves no second file behind.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw new PoolHeld(poolDir, process);
    throw error;
  }
  held.add(lock);
  return () => {
    held.delete(lock);
    lock.close();
  };
}
