import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { openCatalog } from '#catalog/open';
import type { Access } from '#contract/scopes';
import { photo, sendForm } from './send-upload.ts';
import { type Credential, startGateway, type TestUser } from './start-gateway.ts';

/**
 * Every route that leads to something of somebody's, by everybody else in the house: who has no part in it, a
 * partner, who looks at an album, who may change it, and the administrator, who is nobody special here.
 */
const OTHERS = ['stranger', 'partner', 'viewer', 'editor', 'administrator'] as const;
type Other = (typeof OTHERS)[number];

/** What one owner has, by its ids. */
type Things = Record<
  | 'asset'
  | 'video'
  | 'album'
  | 'person'
  | 'twin'
  | 'face'
  | 'tag'
  | 'stack'
  | 'memory'
  | 'link'
  | 'comment'
  | 'duplicate',
  string
> &
  Record<'session' | 'key' | 'notification' | 'viewerId' | 'ownerId' | 'strangerId', string>;

interface Line {
  /** The path's parameters in order. */
  path: (things: Things) => string[];
  body?: (things: Things) => object;
  /** Who else may; nobody unless it says so. */
  may?: readonly Other[];
}

const SEES: readonly Other[] = ['partner', 'viewer', 'editor'];
const MEMBERS: readonly Other[] = ['viewer', 'editor'];
const EDITS: readonly Other[] = ['editor'];
const one = (name: keyof Things) => (things: Things) => [things[name]];
const ids = (things: Things) => ({ ids: [things.asset] });
const asset = one('asset');
const album = one('album');
const person = one('person');

/** One line for each route with something of somebody's in its path. */
const TABLE: Readonly<Record<string, Line>> = {
  'PUT /api/sessions/:id': { path: one('session'), body: () => ({}) },
  'DELETE /api/sessions/:id': { path: one('session') },
  'POST /api/sessions/:id/lock': { path: one('session') },
  'GET /api/api-keys/:id': { path: one('key') },
  'PUT /api/api-keys/:id': { path: one('key'), body: () => ({ name: 'x' }) },
  'POST /api/api-keys/:id/rotate': { path: one('key') },
  'DELETE /api/api-keys/:id': { path: one('key') },
  // Names and faces of the house are known in the house.
  'GET /api/users/:id': { path: one('ownerId'), may: OTHERS },
  'GET /api/users/:id/profile-image': { path: one('ownerId'), may: OTHERS },
  'GET /api/notifications/:id': { path: one('notification') },
  'PUT /api/notifications/:id': { path: one('notification'), body: () => ({ readAt: null }) },
  'DELETE /api/notifications/:id': { path: one('notification') },
  'GET /api/stacks/:id': { path: one('stack') },
  'PUT /api/stacks/:id': { path: one('stack'), body: ({ video }) => ({ primaryAssetId: video }) },
  'DELETE /api/stacks/:id': { path: one('stack') },
  'DELETE /api/stacks/:id/assets/:assetId': { path: ({ stack, video }) => [stack, video] },
  'GET /api/assets/:id': { path: asset, may: SEES },
  'PUT /api/assets/:id': { path: asset, body: () => ({ isFavorite: true }) },
  'GET /api/appliance/assets/:id/copies': { path: asset, may: SEES },
  'GET /api/assets/:id/ocr': { path: asset, may: SEES },
  // The notes of its owner's app.
  'GET /api/assets/:id/metadata': { path: asset },
  'GET /api/assets/:id/metadata/:key': { path: ({ asset }) => [asset, 'k'] },
  'PUT /api/assets/:id/metadata': { path: asset, body: () => ({ items: [{ key: 'k', value: {} }] }) },
  'DELETE /api/assets/:id/metadata/:key': { path: ({ asset }) => [asset, 'k'] },
  'GET /api/assets/:id/thumbnail': { path: asset, may: SEES },
  'GET /api/assets/:id/original': { path: asset, may: SEES },
  'GET /api/appliance/assets/:id/video': { path: one('video'), may: SEES },
  'GET /api/assets/:id/video/playback': { path: one('video'), may: SEES },
  'GET /api/assets/:id/edits': { path: asset, may: SEES },
  'PUT /api/assets/:id/edits': {
    path: asset,
    body: () => ({ edits: [{ action: 'mirror', parameters: { axis: 'horizontal' } }] }),
  },
  'DELETE /api/assets/:id/edits': { path: asset },
  'GET /api/albums/:id': { path: album, may: MEMBERS },
  'PATCH /api/albums/:id': { path: album, body: () => ({ albumName: 'x' }), may: EDITS },
  'DELETE /api/albums/:id': { path: album },
  'GET /api/albums/:id/map-markers': { path: album, may: MEMBERS },
  'PUT /api/albums/:id/assets': { path: album, body: ids, may: EDITS },
  // Answered photo by photo; of what others put in, only the album's owner takes anything out.
  'DELETE /api/albums/:id/assets': { path: album, body: ids, may: MEMBERS },
  'PUT /api/albums/:id/users': {
    path: album,
    body: ({ strangerId }) => ({ albumUsers: [{ userId: strangerId, role: 'viewer' }] }),
  },
  'PUT /api/albums/:id/user/:userId': {
    path: ({ album, viewerId }) => [album, viewerId],
    body: () => ({ role: 'editor' }),
  },
  // Everybody may leave.
  'DELETE /api/albums/:id/user/:userId': {
    path: ({ album, viewerId }) => [album, viewerId],
    may: ['viewer'],
  },
  'GET /api/tags/:id': { path: one('tag') },
  'PUT /api/tags/:id': { path: one('tag'), body: () => ({ color: '#ff0000' }) },
  'DELETE /api/tags/:id': { path: one('tag') },
  'PUT /api/tags/:id/assets': { path: one('tag'), body: ids },
  'DELETE /api/tags/:id/assets': { path: one('tag'), body: ids },
  'GET /api/people/:id': { path: person },
  'PUT /api/people/:id': { path: person, body: () => ({ name: 'x' }) },
  'DELETE /api/people/:id': { path: person },
  'POST /api/people/:id/merge': { path: person, body: ({ twin }) => ({ ids: [twin] }) },
  'PUT /api/people/:id/reassign': {
    path: one('twin'),
    body: ({ asset, person }) => ({ data: [{ assetId: asset, personId: person }] }),
  },
  'GET /api/people/:id/statistics': { path: person },
  // Without a picture it is 404 for everybody.
  'GET /api/people/:id/thumbnail': { path: person, may: OTHERS },
  'PUT /api/faces/:id': { path: one('twin'), body: ({ face }) => ({ id: face }) },
  'DELETE /api/faces/:id': { path: one('face'), body: () => ({ force: true }) },
  'GET /api/memories/:id': { path: one('memory') },
  'PUT /api/memories/:id': { path: one('memory'), body: () => ({ isSaved: true }) },
  'DELETE /api/memories/:id': { path: one('memory') },
  'PUT /api/memories/:id/assets': { path: one('memory'), body: ids },
  'DELETE /api/memories/:id/assets': { path: one('memory'), body: ids },
  'DELETE /api/duplicates/:id': { path: one('duplicate') },
  'GET /api/shared-links/:id': { path: one('link') },
  'PATCH /api/shared-links/:id': { path: one('link'), body: () => ({ description: 'x' }) },
  'DELETE /api/shared-links/:id': { path: one('link') },
  'PUT /api/shared-links/:id/assets': { path: one('link'), body: ({ video }) => ({ assetIds: [video] }) },
  'DELETE /api/shared-links/:id/assets': { path: one('link'), body: ({ asset }) => ({ assetIds: [asset] }) },
  'DELETE /api/activities/:id': { path: one('comment') },
};

/** About the one who asks and somebody else, not about what either has; test/appliance/sharing-family.test.ts has them. */
const BETWEEN_TWO = /^\w+ \/api\/partners\/:id$/;

async function startHouse(t: TestContext) {
  const gateway = await startGateway(t);
  const db = openCatalog(gateway.parts.layout.catalogFile);
  t.after(() => void db.close());
  const administrator = await gateway.signUp();
  const owner = await gateway.createUser(administrator, { name: 'Owner' });
  const others: Record<Other, TestUser> = {
    administrator,
    stranger: await gateway.createUser(administrator),
    partner: await gateway.createUser(administrator),
    viewer: await gateway.createUser(administrator),
    editor: await gateway.createUser(administrator),
  };
  const ask = <Answer = { id: string }>(method: string, path: string, json?: object) =>
    gateway.ask<Answer>(method, `/api${path}`, { as: owner, json });
  await ask('POST', '/partners', { sharedWithId: others.partner.id });
  let count = 0;
  /** Everything that somebody can have, new. */
  const makeThings = async (): Promise<Things> => {
    const upload = async (name: string) =>
      (await sendForm(gateway.url, owner.headers, photo(name, name))).json['id'] as string;
    const [asset, video] = [await upload(`${++count}.jpg`), await upload(`${++count}.mp4`)];
    const both = [asset, video];
    const album = await ask('POST', '/albums', {
      albumName: 'A',
      assetIds: both,
      albumUsers: [
        { userId: others.viewer.id, role: 'viewer' },
        { userId: others.editor.id, role: 'editor' },
      ],
    });
    const [person, twin] = [await ask('POST', '/people', {}), await ask('POST', '/people', {})];
    const box = { imageWidth: 100, imageHeight: 100, x: 10, y: 10, width: 20, height: 20 };
    await ask('POST', '/faces', { assetId: asset, personId: person.id, ...box });
    const [face] = await ask<{ id: string }[]>('GET', `/faces?id=${asset}`);
    const [tag] = await ask<{ id: string }[]>('PUT', '/tags', { tags: [`t${count}`] });
    const stack = await ask('POST', '/stacks', { assetIds: both });
    const memory = await ask('POST', '/memories', {
      type: 'on_this_day',
      memoryAt: new Date(count * 86_400_000).toISOString(),
      data: { year: 2023 },
      assetIds: [asset],
    });
    const link = await ask('POST', '/shared-links', { type: 'INDIVIDUAL', assetIds: [asset] });
    const comment = await ask('POST', '/activities', { albumId: album.id, type: 'comment', comment: 'x' });
    await ask('PUT', `/assets/${asset}/metadata`, { items: [{ key: 'k', value: {} }] });
    const session = await ask('POST', '/sessions', {});
    const duplicate = randomUUID();
    await ask('PUT', '/assets', { ids: both, duplicateId: duplicate });
    // What ingest would have found by now.
    db.prepare('UPDATE asset SET width_px = 400, height_px = 300 WHERE id = ?').run(asset);
    const key = await gateway.createKey(owner, ['all']);
    const notification = await gateway.ask<{ id: string }>('POST', '/api/admin/notifications', {
      as: administrator,
      json: { userId: owner.id, title: 'x' },
    });
    return {
      ...{ asset, video, album: album.id, person: person.id, twin: twin.id, face: face!.id, tag: tag!.id },
      ...{ stack: stack.id, memory: memory.id, link: link.id, comment: comment.id, session: session.id },
      ...{ duplicate, key: key.id, notification: notification.id, ownerId: owner.id },
      ...{ viewerId: others.viewer.id, strangerId: others.stranger.id },
    };
  };
  const knock = async (route: string, things: Things, as: Credential) => {
    const { path, body } = TABLE[route]!;
    const [method, pattern] = route.split(' ') as [string, string];
    const values = path(things);
    const url = pattern.replace(/:\w+/g, () => values.shift()!);
    const answer = await gateway.request(method, url, { as, ...(body && { json: body(things) }) });
    await answer.arrayBuffer();
    return answer.status;
  };
  const routes = gateway.routes
    .flatMap(({ method, url, config }) =>
      [method].flat().map((name) => ({ route: `${name} ${url}`, access: config!.access as Access })),
    )
    .filter(
      ({ route, access }) =>
        route.includes('/:') && !route.startsWith('HEAD') && access.who === 'scope' && !access.admin,
    )
    .map(({ route }) => route)
    .filter((route) => !BETWEEN_TWO.test(route));
  return { gateway, owner, others, makeThings, knock, routes };
}

/** Told that there is nothing there for them. 404 is the answer for a file that is not there yet. */
const isRefused = (status: number) => [400, 401, 403].includes(status);

test('everybody in the house gets to what is theirs or shared with them, on every route, and to nothing else', async (t) => {
  const { owner, others, makeThings, knock, routes } = await startHouse(t);
  const known = routes.filter((route) => route in TABLE);
  assert.deepEqual(
    routes.filter((route) => !known.includes(route)),
    [],
    'routes without a line',
  );
  const wrong: string[] = [];
  for (const route of routes) {
    let things = await makeThings();
    for (const other of OTHERS) {
      const status = await knock(route, things, others[other]);
      const may = TABLE[route]!.may?.includes(other) ?? false;
      if (isRefused(status) === may) wrong.push(`${route} for the ${other}: ${status}`);
      if (may && !route.startsWith('GET')) things = await makeThings();
    }
    const status = await knock(route, things, owner);
    if (isRefused(status)) wrong.push(`${route} for its owner: ${status}`);
  }
  assert.deepEqual(wrong, []);
});

test('while the locked folder is closed, its owner gets to nothing in it, on any route', async (t) => {
  const { gateway, owner, makeThings, knock, routes } = await startHouse(t);
  const pin = { pinCode: '314159' };
  await gateway.ask('POST', '/api/auth/pin-code', { as: owner, json: pin });
  const key = await gateway.createKey(owner, ['all']);
  const ofAssets = routes.filter((route) => route.includes('/api/assets/:id'));
  assert.ok(ofAssets.length >= 13);
  for (const route of ofAssets) {
    const things = await makeThings();
    const json = { ids: [things.asset, things.video], visibility: 'locked' };
    await gateway.ask('PUT', '/api/assets', { as: owner, json });
    assert.equal(await knock(route, things, owner), 400, route);
    assert.equal(await knock(route, things, key), 400, `${route} with a key`);
    await gateway.ask('POST', '/api/auth/session/unlock', { as: owner, json: pin });
    assert.ok(!isRefused(await knock(route, things, owner)), `${route} while it is open`);
    await gateway.ask('POST', '/api/auth/session/lock', { as: owner });
  }
});
