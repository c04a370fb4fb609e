import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { PASSWORD, startGateway } from './start-gateway.ts';

interface Account {
  id: string;
  name: string;
  email: string;
  isAdmin: boolean;
  shouldChangePassword: boolean;
  status: string;
  deletedAt: string | null;
  quotaSizeInBytes: number | null;
  storageLabel: string | null;
  avatarColor: string;
}

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
  assert.equal(((await me.json()) as Account).email, 'ann@example.org');
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

test('people change their own name, address, colour and password', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner, { shouldChangePassword: true });
  const put = (json: object) => gateway.request('PUT', '/api/users/me', { as: bob, json });
  const changed = (await (
    await put({
      name: 'Robert',
      email: 'ROB@Example.org',
      avatarColor: 'amber',
      password: 'another password',
    })
  ).json()) as Account;
  assert.deepEqual(
    [changed.name, changed.email, changed.avatarColor, changed.shouldChangePassword],
    ['Robert', 'rob@example.org', 'amber', false],
  );
  await gateway.login({ email: 'rob@example.org', password: 'another password' });
  assert.equal((await put({ email: 'ann@example.org' })).status, 400);
  assert.equal((await put({ avatarColor: 'beige' })).status, 400);
  const key = await gateway.createKey(bob, ['user.update']);
  const byKey = await gateway.request('PUT', '/api/users/me', { as: key, json: { password: 'taken over!' } });
  assert.equal(byKey.status, 403);
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

test('a key can do what it may and hand out no more', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const strong = await gateway.createKey(owner, ['all']);
  const weak = await gateway.createKey(owner, [
    'apiKey.create',
    'apiKey.rotate',
    'apiKey.update',
    'asset.replace',
  ]);
  const create = (permissions: string[]) =>
    gateway.request('POST', '/api/api-keys', { as: weak, json: { name: 'x', permissions } });
  assert.equal((await create(['apiKey.create', 'asset.replace'])).status, 201);
  for (const permissions of [['all'], ['asset.read'], ['apiKey.create', 'user.read'], []])
    assert.equal((await create(permissions)).status, 400, String(permissions));
  const rotate = (id: string, as = weak) => gateway.request('POST', `/api/api-keys/${id}/rotate`, { as });
  assert.equal((await rotate(strong.id)).status, 400);
  const widen = { as: weak, json: { permissions: ['all'] } };
  assert.equal((await gateway.request('PUT', `/api/api-keys/${weak.id}`, widen)).status, 400);

  const rotated = (await (await rotate(weak.id)).json()) as { id: string; secret: string; apiKey: object };
  assert.equal(rotated.id, weak.id);
  assert.deepEqual(Object.keys(rotated.apiKey).toSorted(), [
    'createdAt',
    'id',
    'name',
    'permissions',
    'updatedAt',
  ]);
  assert.equal((await gateway.request('GET', '/api/api-keys/me', { as: weak })).status, 401);
  const me = await gateway.ask<{ id: string }>('GET', '/api/api-keys/me', {
    as: { headers: { 'x-api-key': rotated.secret } },
  });
  assert.equal(me.id, weak.id);

  const bob = await gateway.createUser(owner);
  assert.equal((await gateway.request('DELETE', `/api/api-keys/${weak.id}`, { as: bob })).status, 400);
  assert.equal((await gateway.request('DELETE', `/api/api-keys/${weak.id}`, { as: owner })).status, 204);
  const left = await gateway.ask<{ id: string }[]>('GET', '/api/api-keys', { as: owner });
  assert.ok(left.every(({ id }) => id !== weak.id));
});

test('administrators make, change, delete and restore accounts', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const admin = <Answer = Account>(method: string, path: string, json?: object) =>
    gateway.ask<Answer>(method, `/api/admin/users${path}`, { as: owner, json });
  const bob = await gateway.createUser(owner, { name: 'ann', quotaSizeInBytes: 1000, storageLabel: 'bob' });
  const folders = gateway.parts.queries.users.listAll().map(({ folder }) => folder);
  assert.deepEqual(folders.toSorted(), ['Ann', 'ann 2']);
  const twice = { email: bob.email, name: 'x', password: PASSWORD };
  assert.equal((await gateway.request('POST', '/api/admin/users', { as: owner, json: twice })).status, 400);

  const changed = await admin('PUT', `/${bob.id}`, { quotaSizeInBytes: null, storageLabel: '', name: 'Bob' });
  assert.deepEqual([changed.quotaSizeInBytes, changed.storageLabel, changed.name], [null, null, 'Bob']);
  await admin('PUT', `/${bob.id}`, { password: 'reset by the owner' });
  assert.equal((await gateway.request('GET', '/api/users/me', { as: bob })).status, 401);
  const again = await gateway.login({ email: bob.email, password: 'reset by the owner' });

  const deleted = await admin('DELETE', `/${bob.id}`, {});
  assert.equal(deleted.status, 'deleted');
  assert.equal((await gateway.request('GET', '/api/users/me', { as: again })).status, 401);
  await assert.rejects(gateway.login({ email: bob.email, password: 'reset by the owner' }), /401/);
  assert.equal((await gateway.ask<Account[]>('GET', '/api/users', { as: owner })).length, 1);
  assert.equal((await admin<Account[]>('GET', '?withDeleted=true')).length, 2);
  assert.equal((await admin('POST', `/${bob.id}/restore`)).status, 'active');
  await gateway.login({ email: bob.email, password: 'reset by the owner' });
  assert.equal((await admin('DELETE', `/${bob.id}`, { force: true })).status, 'removing');
});

test('somebody is always left to manage the box', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const path = `/api/admin/users/${owner.id}`;
  const attempt = async (method: string, json: object) =>
    (await gateway.request(method, path, { as: owner, json })).status;
  assert.equal(await attempt('DELETE', {}), 400);
  assert.equal(await attempt('PUT', { isAdmin: false }), 400);
  await gateway.createUser(owner, { isAdmin: true });
  assert.equal(await attempt('PUT', { isAdmin: false }), 200);
});

test('preferences are the defaults with what was chosen, part by part', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const path = '/api/users/me/preferences';
  interface Answer {
    memories: object;
    purchase: { hideBuyButtonUntil: string };
    download: { archiveSize: number };
  }
  const put = (json: object) => gateway.request('PUT', path, { as: owner, json });
  assert.equal((await put({ memories: { duration: 9 }, avatar: { color: 'red' } })).status, 200);
  assert.equal((await put({ memories: { duration: 'nine' } })).status, 400);
  assert.equal((await put({ download: { archiveSize: -1 } })).status, 400);
  const after = await gateway.ask<Answer>('GET', path, { as: owner });
  assert.deepEqual(after.memories, { enabled: true, sidebarWeb: true, duration: 9 });
  assert.ok(Date.parse(after.purchase.hideBuyButtonUntil) > Date.now());
  assert.equal((await gateway.ask<Account>('GET', '/api/users/me', { as: owner })).avatarColor, 'red');
});

test('what the clients ask on their first pages is answered', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const known = await fetch(`${gateway.url}/.well-known/immich`);
  assert.match(known.headers.get('content-type') ?? '', /^application\/json/);
  assert.deepEqual(await known.json(), { api: { endpoint: '/api' } });
  const version = (userAgent: string) =>
    gateway.ask('GET', '/api/server/version', { headers: { 'user-agent': userAgent } });
  assert.deepEqual(await version('immich-android/3.1.0'), { major: 3, minor: 2, patch: 2, prerelease: null });
  assert.deepEqual(await version('immich-ios/2.7.5'), { major: 2, minor: 7, patch: 5, prerelease: null });
  const about = await gateway.ask<{ version: string }>('GET', '/api/server/about', { as: owner });
  assert.equal(about.version, 'v3.2.2');
  const storage = await gateway.ask<Record<string, number>>('GET', '/api/server/storage', { as: owner });
  assert.ok(storage['diskSizeRaw']! > 0 && storage['diskAvailableRaw']! <= storage['diskSizeRaw']!);
  assert.deepEqual(await gateway.ask('GET', '/api/notifications?unread=true', { as: owner }), []);
  const history = await gateway.ask<{ version: string }[]>('GET', '/api/server/version-history');
  assert.deepEqual(
    history.map(({ version }) => version),
    ['3.2.2'],
  );
  const css = await gateway.request('GET', '/custom.css');
  assert.match(css.headers.get('content-type') ?? '', /^text\/css/);
  const onboarding = '/api/system-metadata/admin-onboarding';
  const setOnboarded = { as: owner, json: { isOnboarded: false } };
  assert.equal((await gateway.request('POST', onboarding, setOnboarded)).status, 204);
  assert.deepEqual(await gateway.ask('GET', onboarding, { as: owner }), { isOnboarded: false });
  assert.equal((await gateway.ask<{ isOnboarded: boolean }>('GET', '/api/server/config')).isOnboarded, false);
});

test('what is signed in and set is still there after a restart, and one pool has one gateway', async (t) => {
  const first = await startGateway(t);
  const owner = await first.signUp();
  await assert.rejects(startGateway(t, { poolDir: first.poolDir }), /Another Shoebox \(gateway\) is running/);
  await first.stop();
  const second = await startGateway(t, { poolDir: first.poolDir });
  assert.equal((await second.ask<Account>('GET', '/api/users/me', { as: owner })).id, owner.id);
});

test('an id that nobody has is told as such and a wrong one as such', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const none = await gateway.request('GET', `/api/users/${randomUUID()}`, { as: owner });
  assert.equal(none.status, 400);
  assert.equal(((await none.json()) as { message: string }).message, 'Not found or no user.read access');
  const garbage = await gateway.request('GET', '/api/users/not-an-id', { as: owner });
  const { message, errors } = (await garbage.json()) as { message: string; errors: { path: string[] }[] };
  assert.deepEqual([garbage.status, message, errors[0]!.path], [400, 'Validation failed', ['id']]);
  const picture = await gateway.request('GET', `/api/users/${owner.id}/profile-image`, { as: owner });
  assert.equal(picture.status, 404);
});
