import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photo, sendForm } from './send-upload.ts';
import { startGateway, type TestUser } from './start-gateway.ts';

test('who sees a photo that is not theirs changes nothing about it, on any route', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const [viewer, editor, partner] = [
    await gateway.createUser(owner),
    await gateway.createUser(owner),
    await gateway.createUser(owner),
  ];
  const upload = async (who: TestUser, name: string) =>
    (await sendForm(gateway.url, who.headers, photo(name, name))).json['id'] as string;
  const [id, second] = [await upload(owner, 'a.jpg'), await upload(owner, 'b.jpg')];
  const albumUsers = [
    { userId: viewer.id, role: 'viewer' },
    { userId: editor.id, role: 'editor' },
  ];
  const json = { albumName: 'Shared', assetIds: [id, second], albumUsers };
  await gateway.ask('POST', '/api/albums', { as: owner, json });
  await gateway.ask('POST', '/api/partners', { as: owner, json: { sharedWithId: partner.id } });
  const look = () => gateway.ask<object>('GET', `/api/assets/${id}`, { as: owner });
  const before = await look();

  const byId = gateway.routes
    .flatMap(({ method, url }) => [method].flat().map((name) => ({ method: name, url })))
    .filter(({ method, url }) => url.startsWith('/api/assets/:id') && !['GET', 'HEAD'].includes(method))
    .map(({ method, url }) => ({ method, path: url.replace(':id', id).replace(/:\w+/, 'key'), json: {} }));
  assert.ok(byId.length >= 3);
  const ids = [id, second];
  const doors: { method: string; path: string; json: object }[] = [
    ...byId,
    { method: 'PUT', path: `/api/assets/${id}`, json: { isFavorite: true } },
    { method: 'PUT', path: '/api/assets', json: { ids, visibility: 'locked' } },
    { method: 'DELETE', path: '/api/assets', json: { ids } },
    { method: 'DELETE', path: '/api/assets', json: { ids, force: true } },
    { method: 'POST', path: '/api/assets/jobs', json: { assetIds: ids, name: 'refresh-metadata' } },
    { method: 'PUT', path: '/api/assets/copy', json: { sourceId: second, targetId: id } },
    { method: 'PUT', path: '/api/assets/metadata', json: { items: [{ assetId: id, key: 'x', value: {} }] } },
    { method: 'POST', path: '/api/trash/restore/assets', json: { ids } },
    { method: 'POST', path: '/api/stacks', json: { assetIds: ids } },
    { method: 'POST', path: '/api/shared-links', json: { type: 'INDIVIDUAL', assetIds: ids } },
  ];
  for (const who of [viewer, editor, partner]) {
    assert.equal((await gateway.request('GET', `/api/assets/${id}`, { as: who })).status, 200);
    for (const { method, path, json } of doors) {
      const { status } = await gateway.request(method, path, { as: who, json });
      assert.equal(status, 400, `${method} ${path} ${JSON.stringify(json)}`);
    }
  }
  assert.deepEqual(await look(), before);
});
