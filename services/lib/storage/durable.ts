import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Flushes a folder, so that the names in it survive a power cut. A file's own flush does not promise that
 * its name is found again (see fsync(2)).
 */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder with all above it and flushes the name of each one that was new. */
export async function makeDurableFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o755 });
  if (first === undefined) return;
  // `first` is the topmost new folder: every parent from there down has a new name in it.
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}
