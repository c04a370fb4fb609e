import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listen } from './live-listener.ts';
import { sendAsPhone } from './send-as-phone.ts';
import { photo } from './send-upload.ts';
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
    const owner = await gateway.signUp();
    // Somebody for whom an account was made, with a password that is not theirs yet.
    const bob = await gateway.createUser(owner, { shouldChangePassword: true });
    const { email, password } = bob;
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
    assert.equal(me.shouldChangePassword, true);
    const changed = await call('PUT', `${endpoint}/users/me`, { password: 'their own password' });
    assert.equal((await changed.json()).shouldChangePassword, false);
    const socket = listen(t, gateway, { headers: { cookie, 'user-agent': app.userAgent } });
    const [version] = (await socket.hear('on_server_version')) as [{ major: number }];
    assert.equal(version.major, app.version);
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
    assert.equal(device.dump()['user']!.length, 2);
    // A tile, a face and a picture of an account that are not there are 404, and never a picture in their place.
    const { id } = (
      await sendAsPhone(gateway, { token: cookieValue(cookie) }, app.userAgent, photo('a.jpg', 'a'))
    ).json as { id: string };
    for (const path of [
      `assets/${id}/thumbnail?size=thumbnail&edited=true&c=AAAA`,
      `assets/${id}/thumbnail?size=preview&edited=true&c=AAAA`,
      `users/${me.id}/profile-image?t=1`,
      `people/${id}/thumbnail?updatedAt=1`,
    ]) {
      const missing = await gateway.request('GET', `${endpoint}/${path}`, { headers: { cookie } });
      assert.equal(missing.status, 404, path);
      assert.equal(missing.headers.get('cache-control'), 'no-store', path);
    }
    assert.equal((await call('GET', `${endpoint}/assets/${id}/original?edited=false`)).status, 200);
    const again = await call('POST', `${endpoint}/sync/stream`, { types: app.types });
    // The photo is the one thing that is new.
    assert.match(
      await again.text(),
      /^(\{"type":"(AuthUserV1|Asset(ExifV1|V[12]))".*\n){3}\{"type":"SyncCompleteV1".*\n$/,
    );
    for (const path of ['features', 'config', 'storage']) await read(`${endpoint}/server/${path}`);

    // The app is started again: what it kept still signs it in.
    assert.deepEqual(await (await call('POST', `${endpoint}/auth/validateToken`)).json(), {
      authStatus: true,
    });
    for (const path of ['users/me', 'server/features', 'server/config', 'server/version'])
      await read(`${endpoint}/${path}`);
    const out = await call('POST', `${endpoint}/auth/logout`);
    assert.equal((await out.json()).successful, true);
    await socket.gone;
    const afterwards = await gateway.request('POST', `${endpoint}/auth/validateToken`, {
      headers: { cookie },
    });
    assert.equal(afterwards.status, 401);
  });
}

const cookieValue = (cookie: string): string => /immich_access_token=([^;]+)/.exec(cookie)![1]!;
