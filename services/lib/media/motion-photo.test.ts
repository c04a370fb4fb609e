import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeHeic, makeJpeg } from '#test/fixtures/media';
import { makeMotionPhoto, makeVideo } from '#test/fixtures/moving-media';
import { readMetadata } from './read-metadata.ts';

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'motion-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

const findIn = async (path: string) =>
  (await readMetadata({ path, fileName: 'IMG_1.jpg', fileCreatedAtMs: 1, fileModifiedAtMs: 1 })).motionVideo;

/** The bytes that were found in `path`, or undefined when nothing was. */
async function cutOut(path: string): Promise<Buffer | undefined> {
  const video = await findIn(path);
  return video
    ? (await readFile(path)).subarray(video.offsetBytes, video.offsetBytes + video.lengthBytes)
    : undefined;
}

for (const kind of ['google', 'micro', 'samsung', 'bare'] as const) {
  test(`the video of a ${kind} motion photo is found to the byte`, async (t) => {
    const path = join(await openFolder(t), 'motion.jpg');
    const video = await makeMotionPhoto(path, kind);
    assert.ok((await cutOut(path))?.equals(video));
  });
}

test('what follows the video in the container directory is not part of it', async (t) => {
  const folder = await openFolder(t);
  const path = join(folder, 'ultra-hdr.jpg');
  const video = await makeMotionPhoto(path, 'google');
  const gainMap = Buffer.alloc(3000, 0x55);
  // The directory gets a third item; exiftool keeps the length of the file's own bytes behind the picture.
  const bytes = await readFile(path);
  const entry = Buffer.from('</rdf:Seq>', 'latin1');
  const item = Buffer.from(
    '<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="image/jpeg" Item:Semantic="GainMap" Item:Length="3000" Item:Padding="0"/></rdf:li>',
    'latin1',
  );
  const at = bytes.indexOf(entry);
  const segment = bytes.lastIndexOf(Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1')) - 2;
  const grown = Buffer.concat([bytes.subarray(0, at), item, bytes.subarray(at), gainMap]);
  grown.writeUInt16BE(bytes.readUInt16BE(segment) + item.length, segment);
  await writeFile(path, grown);
  assert.ok((await cutOut(path))?.equals(video));
});

test('a directory of Samsung behind a video that XMP names is not part of the video', async (t) => {
  const path = join(await openFolder(t), 'samsung.jpg');
  const video = await makeMotionPhoto(path, 'micro');
  // XMP counts from the end of the file, so the offset grows by what is appended.
  const trailer = Buffer.from('SEFH\x6a\0\0\0\0\0\0\0\x0c\0\0\0SEFT', 'latin1');
  const bytes = await readFile(path);
  const text = bytes.toString('latin1');
  const offset = `MicroVideoOffset="${video.length}"`;
  assert.ok(text.includes(offset) || text.includes(`MicroVideoOffset='${video.length}'`));
  const moved = text.replace(/(MicroVideoOffset=["'])\d+/, `$1${video.length + trailer.length}`);
  await writeFile(path, Buffer.concat([Buffer.from(moved, 'latin1'), trailer]));
  assert.ok((await cutOut(path))?.equals(video));
});

test('the video of a HEIC is found in its box', async (t) => {
  const folder = await openFolder(t);
  const path = join(folder, 'motion.heic');
  await makeHeic(path, { widthPx: 128, heightPx: 96 });
  assert.equal(await findIn(path), null);
  await makeVideo(join(folder, 'video.mp4'), { seconds: 1 });
  const video = await readFile(join(folder, 'video.mp4'));
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + video.length, 0);
  header.write('mpvd', 4, 'latin1');
  await appendFile(path, Buffer.concat([header, video]));
  assert.ok((await cutOut(path))?.equals(video));
});

test('a video that was cut off, or that only its metadata promise, is none', async (t) => {
  const folder = await openFolder(t);
  for (const kind of ['google', 'micro', 'samsung', 'bare'] as const) {
    const path = join(folder, `${kind}.jpg`);
    const video = await makeMotionPhoto(path, kind);
    const { length } = await readFile(path);
    await truncate(path, length - Math.floor(video.length / 2));
    assert.equal(await findIn(path), null, kind);
  }
});

test('the word ftyp in or behind a picture is no video', async (t) => {
  const folder = await openFolder(t);
  const path = join(folder, 'plain.jpg');
  await makeJpeg(path, { exif: { Comment: 'ftypisom' } });
  await appendFile(path, Buffer.from('\xff\xd9\0\0\0\x10ftypisom\0\0\0\0 and then some words', 'latin1'));
  assert.equal(await findIn(path), null);
});

test('directories with absurd numbers lead nowhere', async (t) => {
  const folder = await openFolder(t);
  const path = join(folder, 'absurd.jpg');
  await makeJpeg(path);
  const jpeg = await readFile(path);
  for (const [directoryBytes, count, back, size] of [
    [24, 0xffffffff, 0xffffffff, 0xffffffff],
    [24, 1, 0, 0],
    [0xffffffff, 1, 100, 100],
    [0, 0, 0, 0],
    [12, 1, 1, 1],
  ] as const) {
    const directory = Buffer.alloc(32);
    directory.write('SEFH', 0, 'latin1');
    directory.writeUInt32LE(count, 8);
    directory.writeUInt16LE(0x0a30, 14);
    directory.writeUInt32LE(back, 16);
    directory.writeUInt32LE(size, 20);
    directory.writeUInt32LE(directoryBytes, 24);
    directory.write('SEFT', 28, 'latin1');
    await writeFile(path, Buffer.concat([jpeg, directory]));
    assert.equal(await findIn(path), null);
  }
});
