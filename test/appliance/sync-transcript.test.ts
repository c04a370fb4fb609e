import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startGateway } from './start-gateway.ts';
import { openDevice, readBatches, TYPES_V2, TYPES_V3 } from './sync-device.ts';

/** The resets that the app does once for each installation (contract §3.1). */
const RESETS = [
  ['AlbumV1'],
  ['AssetExifV1', 'PartnerAssetExifV1', 'AlbumAssetExifCreateV1', 'AlbumAssetExifUpdateV1'],
  ['AssetV1', 'PartnerAssetV1', 'AlbumAssetCreateV1', 'AlbumAssetUpdateV1'],
  ['AssetV1', 'AssetV2'],
];

for (const app of [
  { name: '3.x', userAgent: 'immich-android/3.1.0', version: 3, types: TYPES_V3 },
  { name: '2.7', userAgent: 'immich-ios/2.7.5', version: 2, types: TYPES_V2 },
]) {
  test(`the app ${app.name} gets from an address to an idle timeline`, async (t) => {
    const gateway = await startGateway(t);
    const { email, password } = await gateway.signUp();
    const device = openDevice();
    t.after(device.close);
    let cookie = '';
    const call = async (method: string, path: string, json?: unknown) => {
      const headers = { 'user-agent': app.userAgent, ...(cookie && { cookie }) };
      const response = await gateway.request(method, path, { headers, ...(json !== undefined && { json }) });
      assert.ok(response.ok, `${method} ${path}: ${response.status}`);
      return response;
    };
    // biome-ignore lint/suspicious/noExplicitAny: shapes are the gateway's own tests' matter.
    const read = async (path: string): Promise<any> => (await call('GET', path)).json();

    const { endpoint } = (await read('/.well-known/immich')).api as { endpoint: string };
    assert.deepEqual(await read(`${endpoint}/server/ping`), { res: 'pong' });
    assert.equal((await read(`${endpoint}/server/version`)).major, app.version);
    assert.equal((await read(`${endpoint}/server/features`)).passwordLogin, true);
    assert.equal((await read(`${endpoint}/server/config`)).isInitialized, true);
    const login = await call('POST', `${endpoint}/auth/login`, { email, password });
    assert.equal(login.status, 201);
    // From here on the app has nothing but its cookies.
    const cookies = login.headers.getSetCookie();
    assert.equal(cookies.length, 3);
    cookie = cookies.map((text) => text.split(';')[0]).join('; ');
    const [me] = await Promise.all([read(`${endpoint}/users/me`), read(`${endpoint}/users/me/preferences`)]);
    await read(`${endpoint}/server/version`);
    for (const types of RESETS)
      assert.equal((await call('DELETE', `${endpoint}/sync/ack`, { types })).status, 204);
    const stream = await call('POST', `${endpoint}/sync/stream`, { types: app.types });
    assert.equal(stream.headers.get('content-type'), 'application/jsonlines+json');
    let last = '';
    for await (const batch of readBatches(stream.body!, 2)) {
      // The stream goes on while its lines are acknowledged.
      assert.equal(
        (await call('POST', `${endpoint}/sync/ack`, { acks: device.takeBatch(batch) })).status,
        204,
      );
      last = batch.at(-1)!.type;
    }
    assert.equal(last, 'SyncCompleteV1');
    assert.deepEqual(
      device.dump()['auth_user']!.map(({ id }) => id),
      [me.id],
    );
    const again = await call('POST', `${endpoint}/sync/stream`, { types: app.types });
    assert.match(await again.text(), /^\{"type":"SyncCompleteV1".*\n$/);
    for (const path of ['features', 'config', 'storage']) await read(`${endpoint}/server/${path}`);
  });
}
