import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { readMetadata } from '#media/read-metadata';

/**
 * What the least conceivable program would do with a folder of photos: one process, one loop, hash, read
 * EXIF, write a preview, a thumbnail and a thumbhash with sharp at the appliance's own settings. No server, no catalog, no limits. Prints its CPU
 * milliseconds per photo. `node test/bench/bare-loop.ts <folder of photos> <folder for results>`
 */
const [source, target, count] = process.argv.slice(2) as [string, string, string];
sharp.cache(false);
sharp.concurrency(1);
mkdirSync(target, { recursive: true });
const names = readdirSync(source)
  .filter((name) => name.endsWith('.jpg'))
  .sort()
  .slice(0, Number(count));
const before = process.cpuUsage();
const startedAt = performance.now();
for (const name of names) {
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
const { user, system } = process.cpuUsage(before);
const figures = {
  photos: names.length,
  cpuMsPerPhoto: (user + system) / 1000 / names.length,
  wallMsPerPhoto: (performance.now() - startedAt) / names.length,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
