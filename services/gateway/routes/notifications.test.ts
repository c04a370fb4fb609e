import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { notificationChanges } from '#catalog/notifications';
import { NOON, startTestLibrary } from '#test/fixtures/library';

test('who is invited to an album hears of it, and of new photos once until it is read', async (t) => {
  const { ann, bob, addAsset, ask, heard } = await startTestLibrary(t);
  const album = (
    await ask(ann, 'POST', '/albums', {
      albumName: 'Summer',
      albumUsers: [{ userId: bob.id, role: 'editor' }],
    })
  ).json;
  const list = async (who: typeof ann, query = '') => (await ask(who, 'GET', `/notifications${query}`)).json;
  const [invite] = await list(bob);
  assert.deepEqual(
    [invite.type, invite.level, invite.title, invite.description, invite.data.albumId, invite.readAt],
    ['AlbumInvite', 'info', 'ann shared an album with you', 'Summer', album.id, undefined],
  );
  assert.deepEqual(await list(ann), []);
  const told = () => heard.filter(({ name }) => name === 'on_notification');
  assert.deepEqual(told(), [{ userId: bob.id, name: 'on_notification', args: [invite] }]);

  const add = () => ask(ann, 'PUT', `/albums/${album.id}/assets`, { ids: [addAsset(ann.id)] });
  await add();
  await add();
  const [update, ...others] = await list(bob);
  assert.equal(update.type, 'AlbumUpdate');
  assert.equal(others.length, 1);
  assert.equal(told().length, 2);
  const readAt = '2024-05-20T13:00:00.000Z';
  const read = await ask(bob, 'PUT', `/notifications/${update.id}`, { readAt });
  assert.equal(read.json.readAt, readAt);
  assert.deepEqual((await list(bob, '?unread=true')).length, 1);
  await add();
  assert.equal((await list(bob)).length, 3);
  assert.equal((await list(bob, '?type=AlbumUpdate&unread=true')).length, 1);
  assert.deepEqual(await list(ann), []);

  // Somebody who is in it already is not invited again.
  await ask(ann, 'PUT', `/albums/${album.id}/users`, { albumUsers: [{ userId: bob.id, role: 'viewer' }] });
  assert.equal((await list(bob, '?type=AlbumInvite')).length, 1);
});

test('news are marked and removed by their reader only', async (t) => {
  const { ann, bob, ask } = await startTestLibrary(t);
  const post = (userId: string) => ask(ann, 'POST', '/admin/notifications', { userId, title: 'Hello' });
  const first = (await post(bob.id)).json;
  const second = (await post(bob.id)).json;
  assert.deepEqual([first.type, first.level], ['Custom', 'info']);
  assert.equal((await ask(bob, 'POST', '/admin/notifications', { userId: bob.id, title: 'x' })).status, 403);
  assert.equal((await post(randomUUID())).status, 400);
  const ids = [first.id, second.id];
  for (const [method, path, body] of [
    ['GET', `/notifications/${first.id}`, undefined],
    ['PUT', `/notifications/${first.id}`, { readAt: '2024-05-20T13:00:00Z' }],
    ['PUT', '/notifications', { ids, readAt: '2024-05-20T13:00:00Z' }],
    ['DELETE', `/notifications/${first.id}`, undefined],
    ['DELETE', '/notifications', { ids }],
  ] as const)
    assert.equal((await ask(ann, method, path, body)).status, 400, `${method} ${path}`);
  assert.equal(
    (await ask(bob, 'PUT', '/notifications', { ids, readAt: '2024-05-20T13:00:00Z' })).status,
    204,
  );
  assert.deepEqual((await ask(bob, 'GET', '/notifications?unread=true')).json, []);
  assert.equal((await ask(bob, 'PUT', '/notifications', { ids: [first.id], readAt: null })).status, 204);
  assert.equal((await ask(bob, 'GET', `/notifications?unread=true`)).json[0].id, first.id);
  assert.equal((await ask(bob, 'DELETE', `/notifications/${first.id}`)).status, 204);
  assert.equal((await ask(bob, 'DELETE', '/notifications', { ids: [second.id] })).status, 204);
  assert.deepEqual((await ask(bob, 'GET', '/notifications')).json, []);
});

test('administrators are told of a fault once, until they have read it', async (t) => {
  const { ann, db, ask } = await startTestLibrary(t);
  const changes = notificationChanges(db);
  const tell = (about: string) =>
    changes.tellAdmins(
      {
        type: 'SystemMessage',
        level: 'error',
        title: 'A photo needs attention',
        description: null,
        data: {},
        about,
        now: NOON,
      },
      randomUUID,
    );
  assert.equal(tell('original_damaged').length, 1);
  assert.equal(tell('original_damaged').length, 0);
  assert.equal(tell('original_missing').length, 1);
  const { json } = await ask(ann, 'GET', '/notifications');
  assert.equal(json.length, 2);
  changes.setRead({ ids: json.map(({ id }: { id: string }) => id), readAt: NOON });
  assert.equal(tell('original_damaged').length, 1);
});
