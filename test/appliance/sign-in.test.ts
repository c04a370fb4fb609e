import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PASSWORD, startGateway } from './start-gateway.ts';

const ann = { name: 'Ann', email: 'Ann@Example.org', password: PASSWORD };

test('of fifty who sign up at once exactly one gets the box, and everybody after is refused', async (t) => {
  const gateway = await startGateway(t);
  const before = await gateway.ask<{ isInitialized: boolean }>('GET', '/api/server/config');
  assert.equal(before.isInitialized, false);
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      gateway.request('POST', '/api/auth/admin-sign-up', { json: { ...ann, email: `${i}@example.org` } }),
    ),
  );
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(statuses.toSorted(), [201, ...Array(49).fill(400)]);
  const refused = await Promise.all(
    answers
      .filter(({ status }) => status === 400)
      .map(async (answer) => ((await answer.json()) as { code: string }).code),
  );
  assert.deepEqual(new Set(refused), new Set(['admin_exists']));
  const after = await gateway.ask<{ isInitialized: boolean }>('GET', '/api/server/config');
  assert.equal(after.isInitialized, true);
  assert.equal(gateway.parts.queries.users.listAll().length, 1);
});

test('the first account cannot be made from outside the home network', async (t) => {
  const gateway = await startGateway(t);
  const from = (address: string) =>
    gateway.request('POST', '/api/auth/admin-sign-up', {
      json: ann,
      headers: { 'x-forwarded-for': address },
    });
  for (const address of ['8.8.8.8', '2001:4860::8888', '192.168.1.5, 8.8.8.8', 'nonsense'])
    assert.equal((await from(address)).status, 403, address);
  assert.equal(gateway.parts.queries.users.hasAdmin(), false);
  assert.equal((await from('192.168.178.31')).status, 201);
});

test('signing in sets the three cookies as the phone app and the web client need them', async (t) => {
  const gateway = await startGateway(t);
  await gateway.signUp();
  const login = (headers: Record<string, string>) =>
    gateway.request('POST', '/api/auth/login', {
      json: { email: '  ANN@example.ORG ', password: PASSWORD },
      headers,
    });
  const plain = await login({});
  assert.equal(plain.status, 201);
  const body = (await plain.json()) as Record<string, unknown>;
  assert.deepEqual(Object.keys(body).toSorted(), [
    'accessToken',
    'isAdmin',
    'isOnboarded',
    'name',
    'profileImagePath',
    'shouldChangePassword',
    'userEmail',
    'userId',
  ]);
  const sorted = (header: string) => header.split('; ').toSorted();
  const attributes = ['Max-Age=34560000', 'Path=/', 'SameSite=Lax'];
  assert.deepEqual(plain.headers.getSetCookie().map(sorted), [
    ['HttpOnly', ...attributes, `immich_access_token=${body['accessToken']}`],
    ['HttpOnly', ...attributes, 'immich_auth_type=password'],
    [...attributes, 'immich_is_authenticated=true'],
  ]);
  const secured = await login({ 'x-forwarded-proto': 'https' });
  assert.ok(secured.headers.getSetCookie().every((cookie) => /; Secure/.test(cookie)));

  const cookie = `immich_access_token=${body['accessToken']}; immich_auth_type=password`;
  const me = await gateway.request('GET', '/api/users/me', { headers: { cookie } });
  assert.equal(((await me.json()) as { email: string }).email, 'ann@example.org');
});

test('a wrong password and an unknown address are told alike, and few attempts at one account may wait', async (t) => {
  // A clock on which every pause is over as soon as it begins: how long they are is tested beside the throttle.
  let now = Date.now();
  const gateway = await startGateway(t, { now: () => (now += 10_000) });
  const owner = await gateway.signUp();
  const attempt = async (email: string, password: string) => {
    const answer = await gateway.request('POST', '/api/auth/login', { json: { email, password } });
    return [answer.status, ((await answer.json()) as { message?: string }).message];
  };
  const wrong = [401, 'Incorrect email or password'];
  assert.deepEqual(await attempt(owner.email, 'nonsense'), wrong);
  assert.deepEqual(await attempt('nobody@example.org', PASSWORD), wrong);
  assert.deepEqual(await attempt('', ''), wrong);
  const many = await Promise.all(Array.from({ length: 30 }, () => attempt(owner.email, 'nonsense')));
  assert.ok(many.every(([status]) => status === 401));
  assert.ok(many.some(([, message]) => String(message).startsWith('Too many attempts')));
  assert.equal((await attempt(owner.email, PASSWORD))[0], 201);
});

test('signing out ends the session, clears the cookies and says where to go', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const answer = await gateway.request('POST', '/api/auth/logout', { as: owner });
  assert.deepEqual(await answer.json(), { successful: true, redirectUri: '/auth/login?autoLaunch=0' });
  const cleared = answer.headers.getSetCookie();
  assert.equal(cleared.length, 3);
  assert.ok(cleared.every((cookie) => /Max-Age=0|Expires=Thu, 01 Jan 1970/.test(cookie)));
  assert.equal((await gateway.request('POST', '/api/auth/validateToken', { as: owner })).status, 401);
});

test('every carrier of a session and of a key opens, and a wrong one first in line is final', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const { secret } = await gateway.createKey(owner, ['user.read']);
  const status = async (path: string, headers: Record<string, string>) =>
    (await gateway.request('GET', path, { headers })).status;
  const me = '/api/users/me';
  assert.equal(await status(me, { 'x-immich-user-token': owner.token }), 200);
  assert.equal(await status(me, { 'x-immich-session-token': owner.token }), 200);
  assert.equal(await status(me, { authorization: `bearer ${owner.token}` }), 200);
  assert.equal(await status(me, { cookie: `immich_access_token=${owner.token}` }), 200);
  assert.equal(await status(`${me}?sessionKey=${owner.token}`, {}), 200);
  assert.equal(await status(me, { 'x-api-key': secret }), 200);
  assert.equal(await status(`${me}?apiKey=${secret}`, {}), 200);
  assert.equal(await status(me, { 'x-api-key': secret, authorization: 'Bearer wrong' }), 401);
  assert.equal(await status(`${me}?sessionKey=wrong`, { cookie: `immich_access_token=${owner.token}` }), 401);
  assert.equal(await status(`${me}?key=share`, { authorization: `Bearer ${owner.token}` }), 403);
});

test('a page of another website changes nothing with the cookie of who looks at it', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const headers = { cookie: `immich_access_token=${owner.token}`, 'sec-fetch-site': 'cross-site' };
  assert.equal((await gateway.request('POST', '/api/auth/logout', { headers })).status, 403);
  assert.equal((await gateway.request('GET', '/api/users/me', { headers })).status, 200);
});

test('changing the password needs the old one and can sign all other devices out', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const phone = await gateway.login(owner);
  const change = (json: object) => gateway.request('POST', '/api/auth/change-password', { as: owner, json });
  assert.equal((await change({ password: 'wrong', newPassword: 'something new' })).status, 400);
  assert.equal((await change({ password: PASSWORD, newPassword: 'short' })).status, 400);
  assert.equal((await change({ password: PASSWORD, newPassword: 'something new' })).status, 200);
  assert.equal((await gateway.request('GET', '/api/users/me', { as: phone })).status, 200);
  const again = { password: 'something new', newPassword: PASSWORD, invalidateSessions: true };
  assert.equal((await change(again)).status, 200);
  assert.equal((await gateway.request('GET', '/api/users/me', { as: phone })).status, 401);
  assert.equal((await gateway.request('GET', '/api/users/me', { as: owner })).status, 200);
  await gateway.login(owner);
});

test('a session that was made by another one ends with it', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const phone = await gateway.login(owner);
  const create = { as: phone, json: { duration: 3600, deviceType: 'Television', deviceOS: 'Cast' } };
  const television = await gateway.ask<{ token: string; expiresAt: string }>('POST', '/api/sessions', create);
  const path = `/api/users/me?sessionKey=${television.token}`;
  assert.equal((await gateway.request('GET', path)).status, 200);
  const all = await gateway.ask<{ id: string; current: boolean; deviceType: string }[]>(
    'GET',
    '/api/sessions',
    {
      as: phone,
    },
  );
  assert.equal(all.length, 3);
  const own = all.find(({ current }) => current)!;
  assert.equal((await gateway.request('DELETE', `/api/sessions/${own.id}`, { as: owner })).status, 204);
  assert.equal((await gateway.request('GET', path)).status, 401);
  const key = await gateway.createKey(owner, ['session.create']);
  assert.equal((await gateway.request('POST', '/api/sessions', { as: key, json: {} })).status, 400);
});

test('a session is over when its time is', async (t) => {
  const clock = { now: Date.now() };
  const gateway = await startGateway(t, { now: () => clock.now });
  const owner = await gateway.signUp();
  const { token } = await gateway.ask<{ token: string }>('POST', '/api/sessions', {
    as: owner,
    json: { duration: 60 },
  });
  const status = async () => (await gateway.request('GET', `/api/users/me?sessionKey=${token}`)).status;
  clock.now += 59_000;
  assert.equal(await status(), 200);
  clock.now += 1_000;
  assert.equal(await status(), 401);
});

test('all other devices are signed out at once, and others people’s devices are out of reach', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner);
  const phone = await gateway.login(bob);
  const [session] = await gateway.ask<{ id: string }[]>('GET', '/api/sessions', { as: bob });
  const path = `/api/sessions/${session!.id}`;
  assert.equal((await gateway.request('DELETE', path, { as: owner })).status, 400);
  assert.equal((await gateway.request('POST', `${path}/lock`, { as: owner })).status, 400);
  const reset = await gateway.ask<{ isPendingSyncReset: boolean }>('PUT', path, {
    as: bob,
    json: { isPendingSyncReset: true },
  });
  assert.equal(reset.isPendingSyncReset, true);
  assert.equal((await gateway.request('DELETE', '/api/sessions', { as: bob })).status, 204);
  assert.equal((await gateway.request('GET', '/api/users/me', { as: phone })).status, 401);
  assert.equal((await gateway.request('GET', '/api/users/me', { as: bob })).status, 200);
});

test('the locked folder opens with the PIN for a quarter of an hour and for one device', async (t) => {
  const clock = { now: Date.now() };
  const gateway = await startGateway(t, { now: () => clock.now });
  const owner = await gateway.signUp();
  const other = await gateway.login(owner);
  const post = async (path: string, json: object, as = owner) =>
    (await gateway.request('POST', path, { as, json })).status;
  const status = (as = owner) =>
    gateway.ask<{ pinCode: boolean; isElevated: boolean; pinExpiresAt?: string }>('GET', '/api/auth/status', {
      as,
    });
  assert.equal(await post('/api/auth/session/unlock', { pinCode: '123456' }), 400);
  assert.equal(await post('/api/auth/pin-code', { pinCode: '12345' }), 400);
  assert.equal(await post('/api/auth/pin-code', { pinCode: '123456' }), 204);
  assert.equal(await post('/api/auth/pin-code', { pinCode: '654321' }), 400);
  assert.equal(await post('/api/auth/session/unlock', { pinCode: '654321' }), 400);
  assert.equal((await status()).isElevated, false);
  assert.equal(await post('/api/auth/session/unlock', { pinCode: '123456' }), 204);
  assert.equal((await status()).pinExpiresAt, new Date(clock.now + 15 * 60_000).toISOString());
  assert.equal((await status(other)).isElevated, false);
  clock.now += 14 * 60_000;
  // Looking on keeps it open: from here on five more minutes.
  assert.equal((await status()).isElevated, true);
  await gateway.parts.writer.users.rehash({ id: owner.id, from: '', to: '' });
  clock.now += 4 * 60_000;
  assert.equal((await status()).isElevated, true);
  clock.now += 6 * 60_000;
  assert.equal((await status()).isElevated, false);
  assert.equal(await post('/api/auth/session/unlock', { pinCode: '123456' }), 204);
  assert.equal(await post('/api/auth/session/lock', {}), 204);
  assert.equal((await status()).isElevated, false);
});

test('a PIN is changed with itself or the password, and removing it locks every device', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const send = async (method: string, path: string, json: object) =>
    (await gateway.request(method, path, { as: owner, json })).status;
  const pin = '/api/auth/pin-code';
  assert.equal(await send('POST', pin, { pinCode: '111111' }), 204);
  assert.equal(await send('PUT', pin, { pinCode: '999999', newPinCode: '222222' }), 400);
  assert.equal(await send('PUT', pin, { newPinCode: '222222' }), 400);
  assert.equal(await send('PUT', pin, { pinCode: '111111', newPinCode: '222222' }), 204);
  assert.equal(await send('PUT', pin, { password: PASSWORD, newPinCode: '333333' }), 204);
  assert.equal(await send('POST', '/api/auth/session/unlock', { pinCode: '333333' }), 204);
  assert.equal(await send('DELETE', pin, { password: 'wrong' }), 400);
  assert.equal(await send('DELETE', pin, { pinCode: '333333' }), 204);
  const status = await gateway.ask<object>('GET', '/api/auth/status', { as: owner });
  assert.deepEqual(status, { pinCode: false, password: true, isElevated: false });
});
