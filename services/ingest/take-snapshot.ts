import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyCatalog, listSpareSnapshots, snapshotName } from '#catalog/snapshots';
import { syncFolder } from '#storage/durable';
import type { PoolLayout } from '#storage/layout';

/** Where the copies of the catalog are. */
export const snapshotsDir = (layout: PoolLayout): string => join(layout.poolDir, '.shoebox', 'snapshots');

/**
 * Takes today's snapshot of the catalog unless there is one, and then drops what is spare. While the clock is not
 * trusted nothing is dropped. Returns the new file's name, or undefined when today has one. Rejects with the drive's
 * error; older snapshots are untouched then.
 */
export async function takeSnapshot(
  layout: PoolLayout,
  { now, isTrusted }: { now: number; isTrusted: boolean },
): Promise<string | undefined> {
  const folder = snapshotsDir(layout);
  const name = snapshotName(now);
  if (existsSync(join(folder, name))) return undefined;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = join(folder, '.part');
  // What a crash left.
  await rm(part, { force: true });
  try {
    await copyCatalog(layout.catalogFile, part);
    await rename(part, join(folder, name));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(folder);
  if (isTrusted)
    for (const spare of listSpareSnapshots(await readdir(folder)))
      await rm(join(folder, spare), { force: true });
  return name;
}
