import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { readMetadata } from '#media/read-metadata';

/**
 * What the least conceivable program would do with a folder of photos: one process, one loop, hash, read
 * EXIF, write a preview, a thumbnail and a thumbhash with sharp at the appliance's own settings. No server, no
 * catalog, no limits. `node test/bench/bare-loop.ts <folder of photos> <folder for results>`; for each line
 * `<first> <end>` it works through these photos, in the order of their names, and prints the CPU milliseconds.
 */
const [source, target] = process.argv.slice(2) as [string, string];
sharp.cache(false);
sharp.concurrency(1);
mkdirSync(target, { recursive: true });
const names = readdirSync(source)
  .filter((name) => name.endsWith('.jpg'))
  .sort();

async function workThrough(name: string): Promise<void> {
  const path = join(source, name);
  createHash('sha1').update(readFileSync(path)).digest();
  await readMetadata({ path, fileName: name, fileCreatedAtMs: 0, fileModifiedAtMs: 0 });
  const preview = await sharp(path, { ignoreIcc: true })
    .rotate()
    .resize({ width: 1440, height: 1440, fit: 'outside', withoutEnlargement: true })
    .jpeg({ quality: 80, optimiseCoding: false })
    .toBuffer();
  writeFileSync(join(target, `${name}.preview.jpg`), preview);
  const thumbnail = await sharp(preview)
    .resize({ width: 250, height: 250, fit: 'outside' })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();
  writeFileSync(join(target, `${name}.thumbnail.webp`), thumbnail);
  const { data, info } = await sharp(thumbnail)
    .resize(100, 100, { fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  rgbaToThumbHash(info.width, info.height, data);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [first, end] = line.split(' ').map(Number) as [number, number];
  const before = process.cpuUsage();
  for (const name of names.slice(first, end)) await workThrough(name);
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(`${(user + system) / 1000}\n`);
}
