import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { openCatalog } from '#catalog/open';
import { DART_BOUNDARY, dartField, dartFile, sendAsPhone, startAsPhone } from './send-as-phone.ts';
import { type FormPart, filesBelow, sha1, writeForm } from './send-upload.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';
import { type Device, openDevice, readBatches, TYPES_V2, TYPES_V3 } from './sync-device.ts';

/** The backup of contract §3.3 as the apps do it, call by call: from the phone's photos to an empty queue. */

interface LocalFile {
  name: string;
  bytes: Buffer;
  takenAt: string;
  /** The moving part of a live photo. */
  motion?: Buffer;
}

/** A phone with the app on it, its copy of the catalog, and photos of its own. */
interface Phone {
  app: App;
  user: TestUser;
  device: Device;
  files: LocalFile[];
}

interface App {
  name: string;
  agent: string;
  types: string[];
  duration: { photo: string; video: string };
}

const APPS: App[] = [
  {
    name: '3.x',
    agent: 'immich-ios/3.2.0',
    types: TYPES_V3,
    duration: { photo: '0', video: '61500' },
  },
  {
    name: '2.7',
    agent: 'immich-ios/2.7.5',
    types: TYPES_V2,
    duration: { photo: '0:00:00.000000', video: '0:01:01.500000' },
  },
];

function openPhone(t: TestContext, app: App, user: TestUser, files: LocalFile[]): Phone {
  const device = openDevice();
  t.after(device.close);
  return { app, user, device, files: [...files] };
}

const as = ({ app, user }: Phone) => ({ as: user, headers: { 'user-agent': app.agent } });

/** Everything that is new, each batch acknowledged while the stream goes on. */
async function sync(box: TestGateway, phone: Phone): Promise<void> {
  assert.equal((await box.request('GET', '/api/server/version', as(phone))).status, 200);
  const stream = await box.request('POST', '/api/sync/stream', {
    ...as(phone),
    json: { types: phone.app.types },
  });
  assert.equal(stream.status, 200);
  for await (const batch of readBatches(stream.body!, 4)) {
    const acks = phone.device.takeBatch(batch);
    assert.equal((await box.request('POST', '/api/sync/ack', { ...as(phone), json: { acks } })).status, 204);
  }
}

const remote = ({ device, user }: Phone) =>
  device.dump()['asset']!.filter(({ ownerId }) => ownerId === user.id);

/** What is not there yet by its checksum, in the trash or not; the newest first. The app asks nobody. */
function queueOf(phone: Phone): LocalFile[] {
  const known = new Set(remote(phone).map(({ checksum }) => checksum));
  return phone.files
    .filter(({ bytes }) => !known.has(sha1(bytes)))
    .sort((a, b) => b.takenAt.localeCompare(a.takenAt));
}

interface FormOptions {
  visibility?: string;
  livePhotoVideoId?: string;
  isInBackground?: boolean;
}

function formOf(
  { app }: Phone,
  file: LocalFile,
  name: string,
  bytes: Buffer,
  options: FormOptions,
): FormPart[] {
  const { visibility, livePhotoVideoId, isInBackground } = options;
  const isVideo = /\.(mov|mp4)$/i.test(name);
  return [
    dartField('deviceAssetId', `${file.name}/L0/001`),
    dartField('deviceId', '0f3a9c'),
    dartField('fileCreatedAt', file.takenAt),
    dartField('fileModifiedAt', file.takenAt),
    dartField('isFavorite', 'false'),
    dartField('duration', isInBackground ? '0' : app.duration[isVideo ? 'video' : 'photo']),
    ...(isInBackground ? [dartField('filename', name)] : []),
    ...(visibility ? [dartField('visibility', visibility)] : []),
    ...(livePhotoVideoId ? [dartField('livePhotoVideoId', livePhotoVideoId)] : []),
    ...(visibility
      ? []
      : [
          dartField(
            'metadata',
            JSON.stringify([{ key: 'mobile-app', value: { iCloudId: `cloud-${file.name}` } }]),
          ),
        ]),
    dartFile('assetData', isInBackground ? '8B1D-4F.tmp' : name, bytes),
  ];
}

/** One file, of a live photo the moving part first; the id that the app notes for it and the status of the answer. */
async function backUp(box: TestGateway, phone: Phone, file: LocalFile, options: FormOptions = {}) {
  const { app, user } = phone;
  let livePhotoVideoId: string | undefined;
  if (file.motion) {
    const parts = formOf(phone, file, file.name.replace(/\.\w+$/, '.MOV'), file.motion, {
      ...options,
      visibility: 'hidden',
    });
    const answer = await sendAsPhone(box, user, app.agent, parts);
    assert.ok([200, 201].includes(answer.status));
    livePhotoVideoId = answer.json['id'] as string;
  }
  const parts = formOf(phone, file, file.name, file.bytes, {
    ...options,
    ...(livePhotoVideoId && { livePhotoVideoId }),
  });
  const { status, json } = await sendAsPhone(box, user, app.agent, parts);
  return { status, id: json['id'] as string, state: json['status'], message: json['message'] };
}

const local = (name: string, day: number, extra: Partial<LocalFile> = {}): LocalFile => ({
  name,
  bytes: randomBytes(40_000),
  takenAt: `2024-07-${String(day).padStart(2, '0')}T08:30:00.000Z`,
  ...extra,
});

for (const app of APPS) {
  test(`the app ${app.name} backs up a phone, in the fore- and background, and never twice`, async (t) => {
    const box = await startGateway(t);
    const ann = await box.signUp();
    const live = local('IMG_0003.HEIC', 3, { motion: randomBytes(60_000) });
    const files = [local('IMG_0001.JPG', 1), local('Äpfel 🍎.HEIC', 2), live, local('IMG_0004.MOV', 4)];
    const phone = openPhone(t, app, ann, files);
    await sync(box, phone);
    const queue = queueOf(phone);
    assert.deepEqual(
      queue.map(({ name }) => name),
      ['IMG_0004.MOV', 'IMG_0003.HEIC', 'Äpfel 🍎.HEIC', 'IMG_0001.JPG'],
    );

    // In the foreground three at a time.
    const done = await Promise.all(queue.slice(0, 3).map((file) => backUp(box, phone, file)));
    assert.deepEqual(
      done.map(({ status, state }) => [status, state]),
      Array.from({ length: 3 }, () => [201, 'created']),
    );
    // In the background the connection breaks in the middle; the phone's system tries again.
    const last = queue[3]!;
    const parts = formOf(phone, last, last.name, last.bytes, { isInBackground: true });
    const body = writeForm(parts, DART_BOUNDARY);
    const broken = await startAsPhone(box, ann, app.agent, body.length);
    await broken.write(body.subarray(0, 25_000));
    broken.socket.destroy();
    assert.equal((await backUp(box, phone, last, { isInBackground: true })).status, 201);
    // The answer was lost on its way: once more, and it is the same photo.
    const again = await backUp(box, phone, live, { isInBackground: true });
    assert.deepEqual([again.status, again.state, again.id], [200, 'duplicate', done[1]!.id]);

    await sync(box, phone);
    assert.deepEqual(queueOf(phone), []);
    const byName = new Map(remote(phone).map((asset) => [asset['originalFileName'] as string, asset]));
    assert.deepEqual([...byName.keys()].sort(), [...files.map(({ name }) => name), 'IMG_0003.MOV'].sort());
    assert.equal(byName.get('IMG_0003.HEIC')!['livePhotoVideoId'], byName.get('IMG_0003.MOV')!['id']);
    assert.equal(byName.get('IMG_0003.MOV')!['visibility'], 'hidden');
    assert.equal(byName.get('IMG_0004.MOV')!['duration'], app.name === '3.x' ? 61_500 : '00:01:01.500');
    assert.equal(byName.get('IMG_0001.JPG')!['fileCreatedAt'], '2024-07-01T08:30:00.000Z');
    assert.deepEqual(
      phone.device.dump()['asset_metadata']!.map(({ key, value }) => [key, value]).length,
      files.length,
    );
    // Of what broke off nothing is left.
    await t.waitFor(() => assert.deepEqual(filesBelow(box.poolDir, '.shoebox/incoming'), []), {
      timeout: 10_000,
    });
    assert.equal(filesBelow(box.poolDir, 'library').length, files.length + 1);

    // A second phone of hers with the same photos has nothing to do; a file that it sends all the same is known.
    const second = openPhone(t, app, await box.login(ann), files);
    await sync(box, second);
    assert.deepEqual(queueOf(second), []);
    assert.equal((await backUp(box, second, files[0]!)).state, 'duplicate');
    assert.equal(remote(second).length, files.length + 1);
  });

  test(`the app ${app.name} backs up what was deleted for good again, and not what is in the trash`, async (t) => {
    const box = await startGateway(t);
    const ann = await box.signUp();
    const phone = openPhone(t, app, ann, [local('IMG_0001.JPG', 1)]);
    await sync(box, phone);
    const { id } = await backUp(box, phone, phone.files[0]!);
    await sync(box, phone);
    const remove = (force: boolean) =>
      box.request('DELETE', '/api/assets', { ...as(phone), json: { ids: [id], force } });
    assert.equal((await remove(false)).status, 204);
    await sync(box, phone);
    assert.notEqual(remote(phone)[0]!['deletedAt'], null);
    assert.deepEqual(queueOf(phone), []);
    await box.ask('POST', '/api/trash/restore/assets', { ...as(phone), json: { ids: [id] } });
    await sync(box, phone);
    assert.equal(remote(phone)[0]!['deletedAt'], null);

    assert.equal((await remove(true)).status, 204);
    await sync(box, phone);
    assert.deepEqual(remote(phone), []);
    assert.equal(queueOf(phone).length, 1);
    const anew = await backUp(box, phone, phone.files[0]!);
    assert.equal(anew.state, 'created');
    assert.notEqual(anew.id, id);
    await sync(box, phone);
    assert.deepEqual(
      remote(phone).map((asset) => asset['id']),
      [anew.id],
    );
  });

  test(`the app ${app.name} keeps its albums in step, and its photos after edits`, async (t) => {
    const box = await startGateway(t);
    const ann = await box.signUp();
    const phone = openPhone(t, app, ann, [local('IMG_0001.JPG', 1), local('IMG_0002.JPG', 2)]);
    await sync(box, phone);
    const ids: string[] = [];
    for (const file of queueOf(phone)) ids.push((await backUp(box, phone, file)).id);
    const album = await box.ask<{ id: string }>('POST', '/api/albums', {
      ...as(phone),
      json: { albumName: 'Camera', description: '', assetIds: [] },
    });
    const put = (list: string[]) =>
      box.ask('PUT', `/api/albums/${album.id}/assets`, { ...as(phone), json: { ids: list } });
    assert.deepEqual(await put([ids[0]!]), [{ id: ids[0], success: true }]);
    assert.deepEqual(await put(ids), [
      { id: ids[0], success: false, error: 'duplicate' },
      { id: ids[1], success: true },
    ]);
    const items = [{ assetId: ids[0], key: 'mobile-app', value: { iCloudId: 'later' } }];
    assert.equal(
      (await box.request('PUT', '/api/assets/metadata', { ...as(phone), json: { items } })).status,
      200,
    );
    await sync(box, phone);
    const held = phone.device.dump();
    assert.deepEqual(
      held['album']!.map(({ id, name }) => [id, name]),
      [[album.id, 'Camera']],
    );
    // An owner's row is needed by 3.x, and would end 2.7.
    assert.deepEqual(
      held['album_user']!.map(({ role }) => role),
      app.name === '3.x' ? ['owner'] : [],
    );
    assert.deepEqual(held['album_asset']!.map(({ assetId }) => assetId).sort(), [...ids].sort());
    const note = held['asset_metadata']!.find(({ assetId }) => assetId === ids[0]);
    assert.deepEqual(note!['value'], { iCloudId: 'later' });

    // What ingest would have found by now.
    const db = openCatalog(box.parts.layout.catalogFile);
    t.after(() => void db.close());
    db.prepare('UPDATE asset SET width_px = 400, height_px = 300 WHERE id = ?').run(ids[0]);
    const edits = [{ action: 'mirror', parameters: { axis: 'horizontal' } }];
    const edited = await box.request('PUT', `/api/assets/${ids[0]}/edits`, { ...as(phone), json: { edits } });
    assert.equal(edited.status, 200);
    await sync(box, phone);
    assert.deepEqual(
      phone.device.dump()['asset_edit']!.map(({ assetId, action }) => [assetId, action]),
      [[ids[0], 'mirror']],
    );
    assert.deepEqual(queueOf(phone), []);
    assert.equal((await box.request('DELETE', `/api/assets/${ids[0]}/edits`, as(phone))).status, 204);
    await sync(box, phone);
    assert.deepEqual(phone.device.dump()['asset_edit'], []);
  });

  test(`the app ${app.name} ends its backup when the quota is reached`, async (t) => {
    const box = await startGateway(t);
    const ann = await box.signUp();
    const bob = await box.createUser(ann, { quotaSizeInBytes: 50_000 });
    const phone = openPhone(t, app, bob, [local('IMG_0001.JPG', 1), local('IMG_0002.JPG', 2)]);
    const [first, second] = queueOf(phone);
    assert.equal((await backUp(box, phone, first!)).status, 201);
    const refused = await backUp(box, phone, second!);
    // The app compares this text.
    assert.deepEqual([refused.status, refused.message], [400, 'Quota has been exceeded!']);
  });
}
