import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { test } from 'node:test';
import { type Carrier, cookie, type Listener, listen } from './live-listener.ts';
import { startGateway } from './start-gateway.ts';

test('cookies, tokens, a session key in the address and an API key all open the live events', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const { secret } = await gateway.createKey(owner, ['asset.read']);
  const carriers: Carrier[] = [
    cookie(owner),
    { headers: { authorization: `Bearer ${owner.token}` } },
    { headers: { 'x-immich-user-token': owner.token } },
    { query: { sessionKey: owner.token } },
    { headers: { 'x-api-key': secret } },
  ];
  for (const carrier of carriers) {
    const listener = listen(t, gateway, carrier);
    assert.deepEqual(await listener.hear('on_server_version'), [
      { major: 3, minor: 2, patch: 2, prerelease: null },
    ]);
  }
});

test('who cannot say who they are is told so and disconnected', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const phone = await gateway.login(owner);
  await gateway.ask('POST', '/api/auth/logout', { as: phone });
  const strangers: Carrier[] = [
    {},
    { query: { sessionKey: 'wrong' } },
    { headers: { 'x-api-key': 'wrong' } },
    cookie(phone),
    { headers: { ...cookie(owner).headers, 'sec-fetch-site': 'cross-site' } },
  ];
  for (const stranger of strangers) {
    const listener = listen(t, gateway, stranger);
    assert.deepEqual(await listener.hear('error'), ['unauthorized']);
    await listener.gone;
    assert.deepEqual(
      listener.heard.map(([name]) => name),
      ['error'],
    );
  }
});

test('an event reaches every device of its user and nobody else', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner);
  const phone = listen(t, gateway, cookie(owner));
  const browser = listen(t, gateway, cookie(await gateway.login(owner)));
  const old = listen(t, gateway, {
    headers: { ...cookie(owner).headers, 'user-agent': 'immich-android/2.7.5' },
  });
  const other = listen(t, gateway, cookie(bob));
  const everybody = [phone, browser, old, other];
  await Promise.all(everybody.map((listener) => listener.hear('on_server_version')));

  const { events } = gateway.parts;
  events.toUser(owner.id, 'on_asset_trash', ['a', 'b']);
  events.to({ userId: owner.id, profile: 'v2' }, 'AssetUploadReadyV1', { asset: 1 });
  events.to({ userId: owner.id, profile: 'v3' }, 'AssetUploadReadyV2', { asset: 2 });
  events.toAll('on_config_update');
  await Promise.all(everybody.map((listener) => listener.hear('on_config_update')));
  const after = (listener: Listener) => listener.heard.slice(1);
  const trash = ['on_asset_trash', ['a', 'b']];
  for (const listener of [phone, browser])
    assert.deepEqual(after(listener), [trash, ['AssetUploadReadyV2', { asset: 2 }], ['on_config_update']]);
  assert.deepEqual(after(old), [trash, ['AssetUploadReadyV1', { asset: 1 }], ['on_config_update']]);
  assert.deepEqual(after(other), [['on_config_update']]);
  assert.deepEqual(old.heard[0], ['on_server_version', { major: 2, minor: 7, patch: 5, prerelease: null }]);
});

test('a session that is signed out elsewhere hears it last and is disconnected, the others stay', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const phone = await gateway.login(owner);
  const onPhone = listen(t, gateway, cookie(phone));
  const here = listen(t, gateway, cookie(owner));
  await Promise.all([onPhone.hear('on_server_version'), here.hear('on_server_version')]);
  const sessions = await gateway.ask<{ id: string; current: boolean }[]>('GET', '/api/sessions', {
    as: phone,
  });
  const { id } = sessions.find(({ current }) => current)!;
  await gateway.ask('DELETE', `/api/sessions/${id}`, { as: owner });
  // What happens to the user from now on is no longer the phone's business.
  gateway.parts.events.toUser(owner.id, 'on_asset_delete', 'x');
  assert.deepEqual(await onPhone.hear('on_session_delete'), [id]);
  await onPhone.gone;
  assert.deepEqual(
    onPhone.heard.map(([name]) => name),
    ['on_server_version', 'on_session_delete'],
  );
  await here.hear('on_asset_delete');
  assert.ok(here.socket.connected);
});

test('a deleted account is disconnected everywhere', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner);
  const listener = listen(t, gateway, cookie(bob));
  await listener.hear('on_server_version');
  await gateway.ask('DELETE', `/api/admin/users/${bob.id}`, { as: owner, json: {} });
  await listener.gone;
});

test('a session that runs out while it listens is disconnected', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const { token } = await gateway.ask<{ token: string }>('POST', '/api/sessions', {
    as: owner,
    json: { duration: 1 },
  });
  const listener = listen(t, gateway, { query: { sessionKey: token } });
  await listener.gone;
});

test('upgrades elsewhere and broken ones do no harm', async (t) => {
  const gateway = await startGateway(t);
  const { port } = new URL(gateway.url);
  const send = async (path: string): Promise<string> => {
    const socket = createConnection(Number(port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: box\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    await once(socket, 'close');
    return answer;
  };
  assert.match(await send('/elsewhere'), /^HTTP\/1.1 404/);
  assert.match(await send('//'), /^HTTP\/1.1 404/);
  assert.match(await send('/api/socket.io/?EIO=4&transport=polling'), /^HTTP\/1.1 400/);
  assert.match(await send('/api/socket.io/?EIO=4&transport=websocket'), /^HTTP\/1.1 400/);
  const socket = createConnection(Number(port), '127.0.0.1');
  socket.write(
    'GET /api/socket.io/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  socket.resetAndDestroy();
  await once(socket, 'close');
  assert.equal((await gateway.request('GET', '/api/server/ping')).status, 200);
});

test('the gateway stops while clients listen', async (t) => {
  const gateway = await startGateway(t);
  const listener = listen(t, gateway, cookie(await gateway.signUp()));
  await listener.hear('on_server_version');
  await gateway.stop();
  await listener.gone;
});
