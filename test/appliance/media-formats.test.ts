import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { runCommand } from '#runtime/command';
import { makeLivePhoto } from '#test/fixtures/moving-media';
import { type Asset, FORMAT_CASES, SUMMER } from './media-format-cases.ts';
import { ask, claim, type Owner, queuesEnded, upload } from './own-appliance.ts';
import { startAppliance } from './start-appliance.ts';

/** Files of every kind through the real processes: what the box says of each, and what it shows. */

async function openFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shoebox-formats-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

const show = (owner: Owner, id: string) => ask<Asset>(owner, 'GET', `/assets/${id}`);

async function getPicture(owner: Owner, id: string, size: 'thumbnail' | 'preview'): Promise<Buffer> {
  const response = await owner.get(`/assets/${id}/thumbnail?size=${size}`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), size === 'preview' ? 'image/jpeg' : 'image/webp');
  return Buffer.from(await response.arrayBuffer());
}

test('every kind of file is described, dated, placed and shown', async (t) => {
  const folder = await openFolder(t);
  const pictures = join(folder, 'pictures');
  await mkdir(pictures);
  const { url } = await startAppliance(t);
  const owner = await claim(url);
  const ids = new Map<string, string>();
  await Promise.all(
    FORMAT_CASES.map(async ({ name, make, sidecar }) => {
      const path = join(folder, name);
      await make(path);
      const bytes = await readFile(path);
      const answer = await upload(
        owner,
        name,
        bytes,
        {},
        sidecar === undefined ? undefined : Buffer.from(sidecar),
      );
      assert.equal(answer.status, 201, `${name}: ${answer.message}`);
      ids.set(name, answer.id);
    }),
  );
  await queuesEnded(owner);

  const shown = new Map<string, Asset>();
  for (const { name, says, isUnseen } of FORMAT_CASES) {
    const id = ids.get(name)!;
    const asset = await show(owner, id);
    shown.set(name, asset);
    const { problem, ...facts } = says;
    const flat = { ...asset.exifInfo, ...asset } as unknown as Record<string, unknown>;
    for (const [fact, value] of Object.entries(facts)) {
      const found = flat[fact];
      if (typeof value === 'number' && typeof found === 'number')
        assert.ok(Math.abs(found - value) < 0.001, `${fact} of ${name}: ${found}`);
      else assert.equal(found, value, `${fact} of ${name}`);
    }
    assert.equal(asset.problem?.message, problem, `problem of ${name}`);
    const original = await owner.get(`/assets/${id}/original`);
    const bytes = Buffer.from(await original.arrayBuffer());
    assert.ok(bytes.equals(await readFile(join(folder, name))), name);
    assert.equal(original.headers.get('x-content-type-options'), 'nosniff');
    if (isUnseen) {
      assert.equal(asset.thumbhash, null);
      for (const size of ['thumbnail', 'preview'])
        assert.equal((await owner.get(`/assets/${id}/thumbnail?size=${size}`)).status, 404, name);
      continue;
    }
    for (const size of ['thumbnail', 'preview'] as const) {
      const picture = await getPicture(owner, id, size);
      await writeFile(join(pictures, `${size} of ${name}`), picture);
      const { width, height } = await sharp(picture).metadata();
      const isUpright = Math.sign(width - height) === Math.sign(asset.width! - asset.height!);
      assert.ok(isUpright, `${size} of ${name} is turned like its photo`);
    }
    assert.match(asset.thumbhash!, /^[A-Za-z0-9+/]{20,}=*$/);
  }

  await assertNothingPrivate(pictures);
  await assertColours(owner, ids);

  const motion = shown.get('PXL_1.MP.jpg')!;
  const video = await show(owner, motion.livePhotoVideoId!);
  assert.deepEqual([video.type, video.visibility], ['VIDEO', 'hidden']);
  assert.ok((shown.get('clip.mp4')!.duration ?? 0) >= 900);

  const drawing = await owner.get(`/assets/${ids.get('hostile.svg')!}/original`);
  assert.match(drawing.headers.get('content-security-policy')!, /sandbox|default-src 'none'/);
  await drawing.arrayBuffer();
});

/** Pictures go to guests, too: nothing of where and with what they were taken is in them. */
async function assertNothingPrivate(folder: string): Promise<void> {
  const json = await runCommand('exiftool', ['-json', '-G1', '-r', '-q', folder]);
  const files = JSON.parse(json.toString('utf8')) as Record<string, unknown>[];
  assert.ok(files.length >= 2 * FORMAT_CASES.filter(({ isUnseen }) => !isUnseen).length);
  const allowed = /^(SourceFile$|ExifTool|System|File|JFIF|RIFF|ICC|Composite:(ImageSize|Megapixels))/;
  for (const file of files) {
    const others = Object.keys(file).filter((key) => !allowed.test(key));
    assert.deepEqual(others, [], String(file['SourceFile']));
  }
}

async function assertColours(owner: Owner, ids: Map<string, string>): Promise<void> {
  const middle = async (name: string, at: { left: number; top: number }) => {
    const picture = await getPicture(owner, ids.get(name)!, 'preview');
    const { data } = await sharp(picture)
      .extract({ ...at, width: 4, height: 4 })
      .resize(1, 1)
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { red: data[0]!, green: data[1]!, blue: data[2]! };
  };
  const isMarker = ({ red, green, blue }: { red: number; green: number; blue: number }) =>
    red > 190 && green < 80 && blue < 80;
  // The red square is in the stored top left corner: a quarter turn clockwise brings it to the top right.
  assert.ok(isMarker(await middle('picture.avif', { left: 8, top: 8 })));
  for (const name of ['phone.jpg', 'IMG_1.HEIC', 'modern.jxl'])
    assert.ok(isMarker(await middle(name, { left: 228, top: 8 })), `${name} is turned once`);
  const { red, green } = await middle('hostile.svg', { left: 100, top: 100 });
  assert.ok(red < 40 && green > 120, 'neither its script nor other files changed the drawing');
  const vivid = await getPicture(owner, ids.get('vivid.jpg')!, 'preview');
  const { icc } = await sharp(vivid).metadata();
  assert.ok(icc, 'vivid colours keep their profile');
}

test('the still and the video of a live photo find each other, whoever uploads them and in which order', async (t) => {
  const folder = await openFolder(t);
  const { url } = await startAppliance(t);
  const owner = await claim(url);
  const at = (name: string) => join(folder, name);
  await makeLivePhoto(at('1.jpg'), at('1.mov'), '11111111-AAAA-4AAA-8AAA-AAAAAAAAAAAA', {
    seed: 1,
    exif: SUMMER,
  });
  await makeLivePhoto(at('2.jpg'), at('2.mov'), '22222222-AAAA-4AAA-8AAA-AAAAAAAAAAAA', {
    seed: 2,
    exif: SUMMER,
  });
  const send = async (name: string, fields: Record<string, string> = {}) => {
    const answer = await upload(owner, name, await readFile(at(name)), fields);
    assert.equal(answer.status, 201);
    return answer.id;
  };
  // As the command line or a browser does, in either order.
  const still1 = await send('1.jpg');
  const video1 = await send('1.mov');
  // As the phone does.
  const video2 = await send('2.mov', { visibility: 'hidden' });
  const still2 = await send('2.jpg', { livePhotoVideoId: video2 });
  await queuesEnded(owner);
  for (const [stillId, videoId] of [
    [still1, video1],
    [still2, video2],
  ] as const) {
    const asset = await show(owner, stillId);
    assert.equal(asset.livePhotoVideoId, videoId);
    assert.equal(asset.visibility, 'timeline');
    assert.equal((await show(owner, videoId)).visibility, 'hidden');
  }
  const counts = await ask<{ images: number; videos: number }>(
    owner,
    'GET',
    '/assets/statistics?visibility=timeline',
  );
  assert.deepEqual([counts.images, counts.videos], [2, 0]);
});

test('an empty file is refused with words, and the queue stays as it is', async (t) => {
  const { url } = await startAppliance(t);
  const owner = await claim(url);
  const answer = await upload(owner, 'empty.jpg', Buffer.alloc(0));
  assert.deepEqual([answer.status, answer.message], [400, 'The file empty.jpg is empty.']);
  await queuesEnded(owner);
  const { assets } = await ask<{ assets: { items: unknown[] } }>(owner, 'POST', '/search/metadata', {});
  assert.deepEqual(assets.items, []);
});
