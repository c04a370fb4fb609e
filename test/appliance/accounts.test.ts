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
