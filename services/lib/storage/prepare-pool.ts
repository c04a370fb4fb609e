import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDurableFolder } from './durable.ts';
import type { PoolLayout } from './layout.ts';

/** For whoever finds the drive in twenty years and knows nothing of us. */
const READ_ME = `This drive holds the photos and videos of a Shoebox.

library/          One folder for each person, then year and month. These are the originals, byte for byte as
                  they came from the phone or camera. Any computer can open them; Shoebox is not needed.
                  A file that ends in .xmp beside a photo is plain text about it: dates, places, descriptions,
                  albums, names.
external/         If it is there: the same plain text about photos on other drives. Those photos are not here.
.shoebox/         What Shoebox keeps for itself: the catalog and previews. Shoebox can make them again from the
                  folder library, except for passwords, open links, and what people wrote to each other.

Copying the folder library to another drive is a full copy of all photos.
`;

/**
 * Makes the folders of a pool, and the note for people, where they are missing. Safe to call at every start.
 * Rejects with the drive's error.
 */
export async function preparePool(layout: PoolLayout): Promise<void> {
  await makeDurableFolder(layout.libraryDir);
  for (const folder of [layout.incomingDir, layout.derivedDir, layout.scratchDir])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  const readMe = join(layout.poolDir, 'READ-ME.txt');
  const written = await readFile(readMe, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
  if (written === undefined) await writeFile(readMe, READ_ME, { flush: true });
}
