import { closeSync, fsyncSync, openSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { checkCatalog } from './check-catalog.ts';

const { file, to } = workerData as { file: string; to: string };
const db = new Sqlite(file, { fileMustExist: true, timeout: 10_000 });
try {
  db.prepare('VACUUM INTO ?').run(to);
} finally {
  db.close();
}
// VACUUM INTO leaves flushing to its caller.
const handle = openSync(to, 'r');
try {
  fsyncSync(handle);
} finally {
  closeSync(handle);
}
if (checkCatalog(to) === 'damaged') throw new Error('the snapshot of the catalog is damaged');
