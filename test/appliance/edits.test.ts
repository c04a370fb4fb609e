import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { createLog } from '#runtime/log';
import { makePixelBombPng } from '#test/fixtures/hostile-media';
import { makeJpeg } from '#test/fixtures/media';
import { openIngest } from '../../services/ingest/ingest.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

/** Gateway and ingest on one pool, the owner signed in, and a folder for files. */
async function startBoth(t: TestContext) {
  const gateway = await startGateway(t);
  const { poolDir, runDir } = gateway.parts.config;
  const ingest = await openIngest({
    config: {
      poolDir,
      runDir,
      gazetteerFile: join(poolDir, 'none.db'),
      reservedBytes: 0,
      logLevel: 'silent',
      concurrency: 2,
      decoderMemoryBytes: 768 * 1024 ** 2,
      decoderTimeMs: 60_000,
    },
    log: createLog('ingest', 'silent'),
    now: Date.now,
  });
  t.after(() => ingest.stop());
  const folder = await mkdtemp(join(tmpdir(), 'edits-'));
  t.after(() => rm(folder, { recursive: true }));
  return { gateway, owner: await gateway.signUp(), folder };
}

async function until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  for (let tries = 0; tries < 600; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(50);
  }
  throw new Error(`never came true: ${what}`);
}

async function upload(gateway: TestGateway, user: TestUser, file: string): Promise<string> {
  const form = new FormData();
  form.set('assetData', new File([await readFile(file)], 'a.jpg'));
  form.set('fileCreatedAt', '2024-05-01T10:00:00Z');
  form.set('fileModifiedAt', '2024-05-01T10:00:00Z');
  const response = await fetch(`${gateway.url}/api/assets`, {
    method: 'POST',
    headers: user.headers,
    body: form,
  });
  assert.equal(response.status, 201);
  return ((await response.json()) as { id: string }).id;
}

interface Shown {
  isEdited: boolean;
  width: number;
  height: number;
  thumbhash: string | null;
}

test('a photo is cropped and turned, survives a new preview, and comes back as it was', async (t) => {
  const { gateway, owner, folder } = await startBoth(t);
  const file = join(folder, 'a.jpg');
  await makeJpeg(file, { widthPx: 1600, heightPx: 1200 });
  const id = await upload(gateway, owner, file);
  const show = () => gateway.ask<Shown>('GET', `/api/assets/${id}`, { as: owner });
  const when = (what: string, is: (asset: Shown) => boolean) =>
    until(what, async () => {
      const asset = await show();
      return is(asset) ? asset : undefined;
    });
  const plain = await when('preview', ({ thumbhash }) => thumbhash !== null);
  const size = async (query: string) => {
    const response = await gateway.request('GET', `/api/assets/${id}/${query}`, { as: owner });
    assert.equal(response.status, 200);
    const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    return [width, height];
  };
  const edits = [
    { action: 'crop', parameters: { x: 100, y: 0, width: 800, height: 600 } },
    { action: 'rotate', parameters: { angle: 90 } },
  ];
  await gateway.ask('PUT', `/api/assets/${id}/edits`, { as: owner, json: { edits } });
  const edited = await when('edited picture', ({ isEdited }) => isEdited);
  assert.deepEqual([edited.width, edited.height], [600, 800]);
  assert.notEqual(edited.thumbhash, plain.thumbhash);
  assert.deepEqual(await size('original?edited=true'), [600, 800]);
  assert.deepEqual(await size('thumbnail?size=preview&edited=true'), [600, 800]);
  assert.deepEqual(await size('original'), [1600, 1200]);

  const derived = join(gateway.poolDir, gateway.parts.layout.derivedPath(id));
  const versions = () => readdirSync(derived).filter((name) => /^edited-.{8}\.jpg$/.test(name));
  const [before] = versions();
  for (const name of ['refresh-metadata', 'regenerate-thumbnail'])
    await gateway.ask('POST', '/api/assets/jobs', { as: owner, json: { assetIds: [id], name } });
  await until('another making', async () => (versions().some((name) => name !== before) ? true : undefined));
  await until('no files of the one before', async () => {
    gateway.parts.wakeIngest();
    return versions().includes(before!) ? undefined : true;
  });
  const kept = await show();
  assert.deepEqual(
    [kept.isEdited, kept.width, kept.height, kept.thumbhash],
    [true, 600, 800, edited.thumbhash],
  );

  await gateway.ask('DELETE', `/api/assets/${id}/edits`, { as: owner });
  const { isEdited, width, height, thumbhash } = await show();
  assert.deepEqual(
    { isEdited, width, height, thumbhash },
    {
      isEdited: false,
      width: plain.width,
      height: plain.height,
      thumbhash: plain.thumbhash,
    },
  );
  await until('no edited files', async () => (versions().length === 0 ? true : undefined));
  assert.deepEqual(await size('original?edited=true'), [1600, 1200]);
});

test('the picture of an account is made small by ingest, shown to all, replaced and taken away', async (t) => {
  const { gateway, owner, folder } = await startBoth(t);
  const bob = await gateway.createUser(owner);
  const send = async (content: Buffer, name = 'file') => {
    const form = new FormData();
    form.set(name, new File([new Uint8Array(content)], 'me.png'));
    return fetch(`${gateway.url}/api/users/profile-image`, {
      method: 'POST',
      headers: owner.headers,
      body: form,
    });
  };
  const get = (as = bob) => gateway.request('GET', `/api/users/${owner.id}/profile-image`, { as });
  assert.equal((await get()).status, 404);

  const photo = join(folder, 'a.jpg');
  await makeJpeg(photo, { widthPx: 1200, heightPx: 900 });
  const sent = await send(await readFile(photo));
  assert.equal(sent.status, 201);
  const { userId, profileImagePath } = (await sent.json()) as { userId: string; profileImagePath: string };
  assert.equal(userId, owner.id);
  const picture = await get();
  assert.equal(picture.headers.get('content-type'), 'image/jpeg');
  const { format, width, height } = await sharp(Buffer.from(await picture.arrayBuffer())).metadata();
  assert.deepEqual([format, width, height], ['jpeg', 400, 400]);
  const me = () => gateway.ask<{ profileImagePath: string }>('GET', '/api/users/me', { as: owner });
  assert.equal((await me()).profileImagePath, profileImagePath);

  const second = await send(await readFile(photo));
  assert.equal(second.status, 201);
  assert.ok(!existsSync(join(gateway.poolDir, profileImagePath)));

  const bomb = join(folder, 'bomb.png');
  await makePixelBombPng(bomb);
  for (const [content, name] of [
    [Buffer.from('no picture'), 'file'],
    [await readFile(bomb), 'file'],
    [Buffer.from('x'), 'other'],
  ] as const) {
    const refused = await send(content, name);
    assert.equal(refused.status, 400);
  }
  assert.equal((await get()).status, 200);
  assert.deepEqual(readdirSync(join(gateway.poolDir, '.shoebox/portraits')).length, 1);

  await gateway.ask('DELETE', '/api/users/profile-image', { as: owner });
  assert.equal((await get()).status, 404);
  assert.equal((await me()).profileImagePath, '');
  assert.deepEqual(readdirSync(join(gateway.poolDir, '.shoebox/portraits')), []);
});
