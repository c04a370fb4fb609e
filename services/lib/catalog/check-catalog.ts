import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** What SQLite says of a file that is no database or is damaged. */
const DAMAGED = ['SQLITE_NOTADB', 'SQLITE_CORRUPT'];

export const isDamage = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && DAMAGED.some((known) => code.startsWith(known));
};

/**
 * Reads a whole catalog and says whether it is in order: its pages, its indexes and that it is a catalog at all.
 * `empty` is one that nobody has an account in, as a start without a catalog makes it. Takes some seconds for each GB. Throws the drive's error when the file cannot be opened or read.
 */
export function checkCatalog(file: string): 'good' | 'empty' | 'damaged' {
  let db: Sqlite.Database | undefined;
  try {
    db = new Sqlite(file, { fileMustExist: true, timeout: 10_000 });
    if ((db.pragma('integrity_check(1)', { simple: true }) as string) !== 'ok') return 'damaged';
    const tables = db
      .prepare(`SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('asset', 'user')`)
      .pluck();
    if (tables.get() !== 2) return 'damaged';
    return db.prepare('SELECT 1 FROM user LIMIT 1').get() === undefined ? 'empty' : 'good';
  } catch (error) {
    if (isDamage(error)) return 'damaged';
    throw error;
  } finally {
    db?.close();
  }
}

/** The catalog cannot be read. Its message tells whoever runs the box, in order, what brings it back. */
export class CatalogDamaged extends Error {
  /** SQLite's own, by which callers of a box that is running are told. */
  readonly code: unknown;
  constructor(file: string, cause: unknown) {
    const newest = newestSnapshot(join(dirname(dirname(file)), 'snapshots'));
    super(
      [
        `The catalog ${file} is damaged (${cause instanceof Error ? cause.message : cause}). No photo is affected: originals lie in the folder library.`,
        'With Shoebox stopped, do one of these:',
        ...(newest === undefined
          ? []
          : [
              `- Take the last good copy: move the files catalog.db* of that folder elsewhere, then copy ${newest} to ${file}. What was changed since that copy was made is missing.`,
            ]),
        '- Run `npm run rebuild`: it makes a new catalog from the originals and what is written beside them.',
      ].join('\n'),
      { cause },
    );
    this.name = 'CatalogDamaged';
    this.code = (cause as { code?: unknown } | null)?.code;
  }
}

function newestSnapshot(folder: string): string | undefined {
  try {
    const newest = readdirSync(folder)
      .filter((name) => /^catalog-.*\.db$/.test(name))
      .sort()
      .at(-1);
    return newest === undefined ? undefined : join(folder, newest);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
