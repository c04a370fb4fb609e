import { Problem } from './problems.ts';

/** What SQLite says of the catalog's file when it is damaged, and as well when its drive stops in the middle. */
const UNREADABLE = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_CANTOPEN'];

/**
 * Turns a drive's or SQLite's error code into the Problem that a person can act on.
 * Returns undefined for everything that is not the drive's fault.
 */
export function storageProblem(error: unknown): Problem | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL')
    return new Problem('pool_full', {}, error);
  if (code === 'EROFS' || code.startsWith('SQLITE_READONLY')) return new Problem('pool_read_only', {}, error);
  if (code === 'EIO' || code === 'ENXIO' || code === 'ENODEV' || code.startsWith('SQLITE_IOERR'))
    return new Problem('pool_error', {}, error);
  if (UNREADABLE.some((known) => code.startsWith(known))) return new Problem('catalog_unreadable', {}, error);
  if (code === 'SQLITE_BUSY') return new Problem('catalog_busy', {}, error);
  return undefined;
}
