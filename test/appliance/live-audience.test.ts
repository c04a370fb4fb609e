import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssetRow } from '#catalog/assets';
import { syncAsset } from '../../services/gateway/asset-events.ts';
import { hearIngest } from '../../services/gateway/hear-ingest.ts';
import { cookie, type Listener, listen } from './live-listener.ts';
import { photo, sendForm } from './send-upload.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

/** Who of the family hears what: contract §5.1, with real clients. */

const PIN = '314159';
/** The events of the contract; the owner's page has one of its own, for phones that upload. */
const names = ({ heard }: Listener) =>
  heard
    .slice(1)
    .map(([name]) => name)
    .filter((name) => name !== 'on_phone');
const upload = async (gateway: TestGateway, who: { headers: Record<string, string> }, name: string) =>
  (await sendForm(gateway.url, who.headers, photo(name, name))).json['id'] as string;
/** Everything that was on its way has arrived once this has. */
const settle = async (gateway: TestGateway, listeners: readonly Listener[]) => {
  const mark = `mark-${Math.random()}`;
  const arrived = listeners.map(({ hear }) => hear(mark));
  gateway.parts.events.toAll(mark);
  await Promise.all(arrived);
  for (const { heard } of listeners) heard.splice(heard.findIndex(([name]) => name === mark));
};

test('each dialect hears of photos under its own names and in its own shape', async (t) => {
  const gateway = await startGateway(t);
  const ann = await gateway.signUp();
  const as = (userAgent: string) =>
    listen(t, gateway, { headers: { ...cookie(ann).headers, 'user-agent': userAgent } });
  const phones = [as('immich-android/3.1.0'), as('immich-ios/2.7.5'), as('Mozilla/5.0')];
  const [now, old, page] = phones as [Listener, Listener, Listener];
  await Promise.all(phones.map(({ hear }) => hear('on_server_version')));
  const id = await upload(gateway, ann, 'a.jpg');
  const tell = hearIngest(gateway.parts);
  tell({ type: 'asset-ready', assetId: id, isNew: true });
  await settle(gateway, phones);
  for (const listener of [now, page])
    assert.deepEqual(names(listener), ['AssetUploadReadyV2', 'on_upload_success']);
  assert.deepEqual(names(old), ['AssetUploadReadyV1', 'on_upload_success']);
  const argument = (listener: Listener, name: string) =>
    listener.heard.findLast(([heard]) => heard === name)![1] as Record<string, unknown>;
  const row = gateway.parts.queries.assets.findById(id) as AssetRow;
  assert.deepEqual(argument(now, 'AssetUploadReadyV2')['asset'], syncAsset(row));
  assert.deepEqual(argument(old, 'AssetUploadReadyV1')['asset'], { ...syncAsset(row), duration: null });

  for (const event of ['on_upload_success', 'on_asset_update']) {
    if (event === 'on_asset_update') tell({ type: 'asset-ready', assetId: id, isNew: false });
    await settle(gateway, phones);
    const read = (userAgent: string) =>
      gateway.ask('GET', `/api/assets/${id}`, { as: ann, headers: { 'user-agent': userAgent } });
    assert.deepEqual(argument(page, event), await read('Mozilla/5.0'), event);
    assert.deepEqual(argument(old, event), await read('immich-ios/2.7.5'), event);
    assert.equal(typeof argument(old, event)['duration'], 'string');
  }

  tell({ type: 'asset-edited', assetId: id });
  await settle(gateway, phones);
  assert.deepEqual(names(now).slice(-2), ['AssetEditReadyV2', 'on_asset_update']);
  assert.deepEqual(names(old).slice(-2), ['AssetEditReadyV1', 'on_asset_update']);
});

test('what is in the locked folder is told only where it is open', async (t) => {
  const gateway = await startGateway(t);
  const ann = await gateway.signUp();
  const bob = await gateway.createUser(ann);
  await gateway.ask('POST', '/api/partners', { as: ann, json: { sharedWithId: bob.id } });
  const id = await upload(gateway, ann, 'a.jpg');
  await gateway.ask('POST', '/api/auth/pin-code', { as: ann, json: { pinCode: PIN } });
  const other = await gateway.login(ann);
  const key = await gateway.createKey(ann, ['all']);
  const listeners = [
    listen(t, gateway, cookie(ann)),
    listen(t, gateway, cookie(other)),
    listen(t, gateway, { headers: key.headers }),
    listen(t, gateway, cookie(bob)),
  ];
  const [open, closed, program, partner] = listeners as [Listener, Listener, Listener, Listener];
  await Promise.all(listeners.map(({ hear }) => hear('on_server_version')));
  await gateway.ask('POST', '/api/auth/session/unlock', { as: ann, json: { pinCode: PIN } });
  await gateway.ask('PUT', '/api/assets', { as: ann, json: { ids: [id], visibility: 'locked' } });
  await settle(gateway, listeners);
  assert.deepEqual(names(open), ['on_asset_delete', 'on_asset_update']);
  // Off the open pages, and no more.
  for (const listener of [closed, program])
    assert.deepEqual(listener.heard.slice(1), [['on_asset_delete', id]]);

  const tell = hearIngest(gateway.parts);
  tell({ type: 'asset-ready', assetId: id, isNew: true });
  tell({ type: 'asset-ready', assetId: id, isNew: false });
  tell({ type: 'asset-edited', assetId: id });
  await gateway.ask('PUT', '/api/assets', { as: ann, json: { ids: [id], description: 'secret' } });
  await settle(gateway, listeners);
  assert.deepEqual(names(open).slice(2), [
    'AssetUploadReadyV2',
    'on_asset_update',
    'AssetEditReadyV2',
    'on_asset_update',
    'on_asset_update',
  ]);
  assert.equal(names(closed).length, 1);
  assert.equal(names(program).length, 1);

  await gateway.ask('POST', '/api/auth/session/lock', { as: ann });
  tell({ type: 'asset-edited', assetId: id });
  await settle(gateway, listeners);
  assert.equal(names(open).length, 7);
  assert.deepEqual(names(partner), []);
});

test('a key hears of what it may read, and nothing once it is gone or another account is', async (t) => {
  const gateway = await startGateway(t);
  const ann = await gateway.signUp();
  const bob = await gateway.createUser(ann);
  const photos = await gateway.createKey(bob, ['asset.read']);
  const albums = await gateway.createKey(bob, ['album.read', 'user.read']);
  const listeners = [photos, albums].map(({ headers }) => listen(t, gateway, { headers }));
  const [ofPhotos, ofAlbums] = listeners as [Listener, Listener];
  await Promise.all(listeners.map(({ hear }) => hear('on_server_version')));
  const id = await upload(gateway, bob, 'a.jpg');
  await gateway.ask('DELETE', '/api/assets', { as: bob, json: { ids: [id] } });
  await gateway.ask('POST', '/api/albums', { as: bob, json: { albumName: 'A' } });
  gateway.parts.events.toUser(bob.id, 'on_album_update', id);
  await settle(gateway, listeners);
  assert.deepEqual([...new Set(names(ofPhotos))], ['on_asset_trash']);
  assert.deepEqual([...new Set(names(ofAlbums))], ['on_album_update']);

  await gateway.ask('DELETE', `/api/api-keys/${photos.id}`, { as: bob });
  await ofPhotos.gone;
  assert.ok(ofAlbums.socket.connected);
  await gateway.ask('DELETE', `/api/admin/users/${bob.id}`, { as: ann, json: {} });
  await ofAlbums.gone;
});

test('members of an album hear that it changed, and nobody else', async (t) => {
  const gateway = await startGateway(t);
  const ann = await gateway.signUp();
  const [bob, eve] = [await gateway.createUser(ann), await gateway.createUser(ann)];
  const album = await gateway.ask<{ id: string }>('POST', '/api/albums', {
    as: ann,
    json: { albumName: 'A', albumUsers: [{ userId: bob.id, role: 'viewer' }] },
  });
  const listeners = [ann, bob, eve].map((who) => listen(t, gateway, cookie(who)));
  await Promise.all(listeners.map(({ hear }) => hear('on_server_version')));
  const ids = [await upload(gateway, ann, 'a.jpg')];
  await gateway.ask('PUT', `/api/albums/${album.id}/assets`, { as: ann, json: { ids } });
  await settle(gateway, listeners);
  const [ofAnn, ofBob, ofEve] = listeners.map(({ heard }) =>
    heard.slice(1).filter(([name]) => name === 'on_album_update'),
  );
  assert.deepEqual(
    [ofAnn, ofBob, ofEve],
    [[['on_album_update', album.id]], [['on_album_update', album.id]], []],
  );
  assert.deepEqual(names(listeners[2]!), []);
});
