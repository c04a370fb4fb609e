import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashToken } from '../../services/gateway/caller.ts';
import { field, photo, sendForm, sha1 } from './send-upload.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

interface Link {
  id: string;
  key: string;
  slug: string | null;
  password: string | null;
  expiresAt: string | null;
  allowUpload: boolean;
  allowDownload: boolean;
  showMetadata: boolean;
  assets: { id: string }[];
  album?: { id: string; assetCount: number };
}

const upload = async (
  gateway: TestGateway,
  headers: Record<string, string>,
  name: string,
  bytes: string,
  more = [] as ReturnType<typeof field>[],
) => sendForm(gateway.url, headers, photo(name, bytes, more));

const share = (gateway: TestGateway, owner: TestUser, body: object) =>
  gateway.ask<Link>('POST', '/api/shared-links', { as: owner, json: body });

async function startWithAlbum(
  t: Parameters<typeof startGateway>[0],
  options: Parameters<typeof startGateway>[1] = {},
) {
  const gateway = await startGateway(t, options);
  const ann = await gateway.signUp();
  const id = (await upload(gateway, ann.headers, 'first.jpg', 'first photo')).json['id'] as string;
  const album = await gateway.ask<{ id: string }>('POST', '/api/albums', {
    as: ann,
    json: { albumName: 'Trip', assetIds: [id] },
  });
  return { gateway, ann, photoId: id, albumId: album.id };
}

const withKey = (key: string) => ({ headers: { 'x-immich-share-key': key } });

test('a link has a key of 50 random bytes, and opens by header, query, slug or hex', async (t) => {
  const { gateway, ann, albumId } = await startWithAlbum(t);
  const link = await share(gateway, ann, { type: 'ALBUM', albumId, slug: ' Summer-24 ' });
  assert.match(link.key, /^[\w-]{67}$/);
  assert.deepEqual(
    [link.slug, link.password, link.expiresAt, link.allowUpload, link.allowDownload, link.showMetadata],
    ['Summer-24', null, null, true, true, true],
  );
  assert.equal(link.album?.assetCount, 1);
  assert.deepEqual(link.assets, []);
  const hex = Buffer.from(link.key, 'base64url').toString('hex');
  const me = (query: string, headers = {}) =>
    gateway.request('GET', `/api/shared-links/me${query}`, { headers });
  for (const query of [`?key=${link.key}`, `?key=${hex}`, `?key=${hex.toUpperCase()}`, '?slug=summer-24'])
    assert.equal((await me(query)).status, 200, query);
  assert.equal((await me('', { 'x-immich-share-slug': 'Summer-24' })).status, 200);
  const refused = async (query: string) => {
    const response = await me(query);
    return [response.status, ((await response.json()) as { message: string }).message];
  };
  for (const key of ['x', link.key.slice(1), `${link.key}x`, 'A'.repeat(67), '00'.repeat(50)])
    assert.deepEqual(await refused(`?key=${key}`), [401, 'Invalid share key']);
  assert.deepEqual(await refused('?slug=winter'), [401, 'Invalid share slug']);
  // Where a link is not accepted, whatever is sent beside it does not count.
  for (const path of ['/api/users/me', '/api/albums', '/api/shared-links', `/api/assets/statistics`])
    assert.equal((await gateway.request('GET', `${path}?key=${link.key}`, { as: ann })).status, 403, path);
});

test('only the owner of an album shares it, and only own photos are linked', async (t) => {
  const { gateway, ann, albumId, photoId } = await startWithAlbum(t);
  const bob = await gateway.createUser(ann);
  const users = { albumUsers: [{ userId: bob.id, role: 'editor' }] };
  await gateway.ask('PUT', `/api/albums/${albumId}/users`, { as: ann, json: users });
  const status = async (who: TestUser, json: object) =>
    (await gateway.request('POST', '/api/shared-links', { as: who, json })).status;
  assert.equal(await status(bob, { type: 'ALBUM', albumId }), 400);
  assert.equal(await status(bob, { type: 'INDIVIDUAL', assetIds: [photoId] }), 400);
  assert.equal(await status(ann, { type: 'INDIVIDUAL', assetIds: [] }), 400);
  assert.equal(await status(ann, { type: 'INDIVIDUAL', assetIds: [photoId], albumId }), 400);
  assert.equal(await status(ann, { type: 'ALBUM' }), 400);
  assert.equal(await status(ann, { type: 'ALBUM', albumId, slug: 'taken' }), 201);
  assert.equal(await status(ann, { type: 'ALBUM', albumId, slug: 'TAKEN' }), 400);

  const album = await gateway.ask<{ hasSharedLink: boolean }>('GET', `/api/albums/${albumId}`, { as: bob });
  assert.equal(album.hasSharedLink, true);
  const [link] = await gateway.ask<Link[]>('GET', `/api/shared-links?albumId=${albumId}`, { as: ann });
  assert.deepEqual(await gateway.ask('GET', '/api/shared-links', { as: bob }), []);
  const path = `/api/shared-links/${link!.id}`;
  for (const [method, suffix, json] of [
    ['GET', '', undefined],
    ['PATCH', '', {}],
    ['DELETE', '', undefined],
    ['PUT', '/assets', { assetIds: [] }],
  ] as const)
    assert.equal((await gateway.request(method, path + suffix, { as: bob, json })).status, 400);
  assert.equal(
    (await gateway.request('PUT', `${path}/assets`, { as: ann, json: { assetIds: [] } })).status,
    400,
  );
  assert.equal((await gateway.request('DELETE', path, { as: ann })).status, 204);
  assert.equal(
    (await gateway.request('GET', '/api/shared-links/me', { as: withKey(link!.key) })).status,
    401,
  );
});

test('an edit keeps what is absent and clears what is null; hiding metadata ends downloads', async (t) => {
  const { gateway, ann, albumId } = await startWithAlbum(t);
  const made = await share(gateway, ann, {
    ...{ type: 'ALBUM', albumId, slug: 'a', password: 'secret', description: 'x' },
    expiresAt: '2099-01-01T00:00:00.000Z',
  });
  const edit = (json: object) =>
    gateway.ask<Link>('PATCH', `/api/shared-links/${made.id}`, { as: ann, json });
  assert.deepEqual(await edit({}), made);
  assert.equal((await edit({ slug: 'a' })).slug, 'a');
  const cleared = await edit({ password: null, slug: null, expiresAt: null, description: null });
  assert.deepEqual([cleared.password, cleared.slug, cleared.expiresAt], [null, null, null]);
  assert.equal((await edit({ expiresAt: '2099-01-01T00:00:00.000Z' })).expiresAt, '2099-01-01T00:00:00.000Z');
  assert.equal((await edit({ changeExpiryTime: true })).expiresAt, null);
  const json = { expiresAt: '2016-12-31T23:59:60.000Z' };
  const never = await gateway.request('PATCH', `/api/shared-links/${made.id}`, { as: ann, json });
  assert.equal(never.status, 400);
  const hiding = await edit({ showMetadata: false, allowDownload: true });
  assert.deepEqual([hiding.showMetadata, hiding.allowDownload], [false, false]);
  assert.equal((await edit({ allowDownload: true })).allowDownload, false);
  const hidden = await share(gateway, ann, { type: 'ALBUM', albumId, showMetadata: false });
  assert.equal(hidden.allowDownload, false);
});

test('photos are added to a link and removed from it, with an answer for each', async (t) => {
  const { gateway, ann, photoId } = await startWithAlbum(t);
  const other = (await upload(gateway, ann.headers, 'other.jpg', 'other')).json['id'] as string;
  const link = await share(gateway, ann, { type: 'INDIVIDUAL', assetIds: [photoId] });
  const path = `/api/shared-links/${link.id}/assets`;
  const json = { assetIds: [photoId, other, link.id] };
  assert.deepEqual(await gateway.ask('PUT', path, { as: ann, json }), [
    { assetId: photoId, success: false, error: 'duplicate' },
    { assetId: other, success: true },
    { assetId: link.id, success: false, error: 'no_permission' },
  ]);
  assert.deepEqual(await gateway.ask('DELETE', path, { as: ann, json }), [
    { assetId: photoId, success: true },
    { assetId: other, success: true },
    { assetId: link.id, success: false, error: 'not_found' },
  ]);
  const me = await gateway.ask<Link>('GET', '/api/shared-links/me', { as: withKey(link.key) });
  assert.deepEqual(me.assets, []);
});

test('a link ends when its time has come, and with the account of its owner', async (t) => {
  let now = Date.parse('2030-01-01T00:00:00.000Z');
  const { gateway, ann } = await startWithAlbum(t, { now: () => now });
  const bob = await gateway.createUser(ann);
  const id = (await upload(gateway, bob.headers, 'b.jpg', 'bobs')).json['id'];
  const link = await share(gateway, bob, {
    type: 'INDIVIDUAL',
    assetIds: [id],
    expiresAt: '2030-01-02T00:00:00.000Z',
  });
  const knock = async () => {
    const response = await gateway.request('GET', `/api/assets/${id}`, { as: withKey(link.key) });
    const { message } = (await response.json()) as { message?: string };
    return [response.status, message];
  };
  now += 86_400_000 - 1;
  assert.equal((await knock())[0], 200);
  now += 1;
  assert.deepEqual(await knock(), [401, 'Invalid share key']);
  await gateway.ask('PATCH', `/api/shared-links/${link.id}`, { as: bob, json: { expiresAt: null } });
  assert.equal((await knock())[0], 200);
  await gateway.ask('DELETE', `/api/admin/users/${bob.id}`, { as: ann, json: {} });
  assert.deepEqual(await knock(), [401, 'Invalid share key']);
});

test('a password is asked for on every route, once a day and browser, until it is changed', async (t) => {
  const { gateway, ann, albumId, photoId } = await startWithAlbum(t);
  const link = await share(gateway, ann, { type: 'ALBUM', albumId, password: 'geheim', slug: 'closed' });
  const other = await share(gateway, ann, { type: 'ALBUM', albumId, password: 'geheim' });
  const get = async (path: string, key: string, cookie?: string) => {
    const headers = { 'x-immich-share-key': key, ...(cookie !== undefined && { cookie }) };
    const response = await gateway.request('GET', path, { headers });
    return {
      status: response.status,
      body: (await response.json()) as { message?: string; password?: null },
    };
  };
  const login = (key: string, password: string, cookie?: string) =>
    gateway.request('POST', `/api/shared-links/login?key=${key}`, {
      json: { password },
      ...(cookie !== undefined && { headers: { cookie } }),
    });
  const paths = [
    ...['/api/shared-links/me', `/api/assets/${photoId}`, `/api/albums/${albumId}`],
    ...[`/api/timeline/buckets?albumId=${albumId}`, `/api/assets/${photoId}/original`],
  ];
  for (const path of paths) {
    const { status, body } = await get(path, link.key);
    assert.deepEqual([status, body.message], [401, 'Password required'], path);
  }
  const wrong = await login(link.key, 'Geheim');
  assert.equal(wrong.status, 401);
  assert.equal(wrong.headers.get('set-cookie'), null);
  assert.equal((await login('x', 'geheim')).status, 401);

  const right = await login(link.key, 'geheim');
  assert.equal(right.status, 201);
  assert.equal(((await right.json()) as Link).password, null);
  const set = right.headers.get('set-cookie')!;
  assert.match(set, /^immich_shared_link_token=[\w-]{43}; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/);
  const cookie = set.split(';')[0]!;
  assert.equal((await get(paths[0]!, link.key, cookie)).body.password, null);
  for (const path of paths.slice(0, 4)) assert.equal((await get(path, link.key, cookie)).status, 200, path);
  // It is this link's, though the other has the same password.
  assert.equal((await get(paths[0]!, other.key, cookie)).status, 401);
  const second = await login(other.key, 'geheim', cookie);
  const both = second.headers.get('set-cookie')!.split(';')[0]!;
  for (const { key } of [link, other]) assert.equal((await get(paths[0]!, key, both)).status, 200);

  const edit = (json: object) => gateway.ask('PATCH', `/api/shared-links/${link.id}`, { as: ann, json });
  await edit({ password: 'neu' });
  assert.equal((await get(paths[0]!, link.key, both)).status, 401);
  assert.equal((await get(paths[0]!, other.key, both)).status, 200);
  await edit({ password: null });
  assert.equal((await get(paths[0]!, link.key)).status, 200);
  assert.equal((await login(link.key, '')).status, 401);
  // Nobody makes a token from what guests know.
  await edit({ password: 'neu' });
  const forged = hashToken(`${link.key}neu`).toString('base64url');
  assert.equal((await get(paths[0]!, link.key, `immich_shared_link_token=${forged}`)).status, 401);
  // The page is the same for everybody and tells messengers that photos are shared, and nothing else.
  const page = async (path: string) => (await gateway.request('GET', path)).text();
  const general =
    '<meta property="og:type" content="website"><meta property="og:title" content="Shared photos">';
  for (const path of [`/share/${link.key}`, '/s/closed']) {
    const shown = await page(path);
    assert.ok(shown.includes(general), path);
    assert.equal(shown.replace(general, ''), await page('/'), path);
  }
});

test('guests send photos where the link says, on its owner’s account', async (t) => {
  const { gateway, ann, albumId, photoId } = await startWithAlbum(t);
  const open = await share(gateway, ann, { type: 'ALBUM', albumId });
  const closed = await share(gateway, ann, { type: 'ALBUM', albumId, allowUpload: false });
  const photos = await share(gateway, ann, { type: 'INDIVIDUAL', assetIds: [photoId] });
  const guest = (link: Link) => withKey(link.key).headers;
  const refused = await upload(gateway, guest(closed), 'a.jpg', 'a');
  assert.equal(refused.status, 401);

  const sent = await upload(gateway, guest(open), 'a.jpg', 'a', [
    field('visibility', 'locked'),
    field('isFavorite', 'true'),
    field('livePhotoVideoId', photoId),
  ]);
  assert.equal(sent.status, 201, JSON.stringify(sent.json));
  const asset = await gateway.ask<Record<string, unknown>>('GET', `/api/assets/${sent.json['id']}`, {
    as: ann,
  });
  assert.deepEqual(
    [asset['ownerId'], asset['visibility'], asset['isFavorite'], asset['livePhotoVideoId']],
    [ann.id, 'timeline', false, null],
  );
  const album = await gateway.ask<{ assetCount: number }>('GET', `/api/albums/${albumId}`, { as: ann });
  assert.equal(album.assetCount, 2);

  const toLink = await upload(gateway, guest(photos), 'b.jpg', 'b');
  const me = await gateway.ask<Link>('GET', '/api/shared-links/me', { as: withKey(photos.key) });
  assert.deepEqual(new Set(me.assets.map(({ id }) => id)), new Set([photoId, toLink.json['id']]));
  assert.equal(
    (await gateway.request('GET', `/api/assets/${toLink.json['id']}`, { as: withKey(open.key) })).status,
    400,
  );
});

test('a guest who only knows a checksum learns nothing, and bytes in the locked folder stay there', async (t) => {
  const { gateway, ann, albumId } = await startWithAlbum(t);
  const link = await share(gateway, ann, { type: 'ALBUM', albumId });
  const secret = await upload(gateway, ann.headers, 's.jpg', 'secret', [field('visibility', 'locked')]);
  const headers = withKey(link.key).headers;
  // Its checksum alone would be answered with its id, had its owner sent it.
  const claim = { 'x-immich-checksum': sha1('secret', 'hex') };
  const claimed = await sendForm(gateway.url, { ...headers, ...claim }, [
    field('fileCreatedAt', '2024-05-01T10:00:00.000Z'),
  ]);
  assert.deepEqual([claimed.status, claimed.json['code']], [400, 'upload_no_file']);
  const owners = await sendForm(gateway.url, { ...ann.headers, ...claim }, []);
  assert.equal(owners.json['status'], 'duplicate');
  const again = await upload(gateway, headers, 's.jpg', 'secret');
  assert.equal(again.json['status'], 'duplicate');
  assert.equal(again.json['id'], secret.json['id']);
  assert.equal(
    (await gateway.request('GET', `/api/assets/${secret.json['id']}`, { as: withKey(link.key) })).status,
    400,
  );
  const album = await gateway.ask<{ assetCount: number }>('GET', `/api/albums/${albumId}`, { as: ann });
  assert.equal(album.assetCount, 1);
});

test('what guests send counts against the quota of the link’s owner', async (t) => {
  const { gateway, ann } = await startWithAlbum(t);
  const bob = await gateway.createUser(ann, { quotaSizeInBytes: 10 });
  const id = (await upload(gateway, bob.headers, 'b.jpg', '12345')).json['id'];
  const link = await share(gateway, bob, { type: 'INDIVIDUAL', assetIds: [id] });
  const headers = withKey(link.key).headers;
  const tooMuch = await upload(gateway, headers, 'c.jpg', '123456');
  assert.deepEqual([tooMuch.status, tooMuch.json['message']], [400, 'Quota has been exceeded!']);
  assert.equal((await upload(gateway, headers, 'c.jpg', '54321')).status, 201);
});

test('guesses at a link’s password are slowed, one after the other', async (t) => {
  const { gateway, ann, albumId } = await startWithAlbum(t);
  const link = await share(gateway, ann, { type: 'ALBUM', albumId, password: 'geheim' });
  const tries = Array.from({ length: 12 }, async (_, at) => {
    const json = { password: `try ${at}` };
    const answer = await gateway.request('POST', `/api/shared-links/login?key=${link.key}`, { json });
    const { code } = (await answer.json()) as { code: string };
    if (code !== 'too_many_attempts') throw new Error(code);
  });
  // The others wait for their turn, until the box stops.
  await Promise.any(tries);
});
