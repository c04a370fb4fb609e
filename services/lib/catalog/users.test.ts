import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { Problem } from '#contract/problems';
import { NOON, openTestLibrary } from '#test/fixtures/library';
import { sessionChanges, sessionQueries } from './sessions.ts';
import { userChanges, userQueries } from './users.ts';

function openTestUsers(t: TestContext) {
  const library = openTestLibrary(t);
  const changes = userChanges(library.db);
  const create = (name: string, fields: object = {}) =>
    changes.create({
      id: randomUUID(),
      email: `${name.toLowerCase()}@home.example`,
      name,
      passwordHash: 'kept',
      pinHash: null,
      isAdmin: false,
      shouldChangePassword: false,
      storageLabel: null,
      avatarColor: null,
      quotaBytes: null,
      now: NOON,
      ...fields,
    });
  const signIn = (userId: string, fields: { parentId?: string; expiresAt?: number } = {}) => {
    const id = randomUUID();
    sessionChanges(library.db).create({
      id,
      userId,
      parentId: null,
      tokenHash: Buffer.from(id),
      deviceType: '',
      deviceOs: '',
      appVersion: null,
      expiresAt: null,
      now: NOON,
      ...fields,
    });
    return id;
  };
  return { ...library, users: { ...userQueries(library.db), ...changes }, create, signIn };
}

const hasCode = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;

test('how much of an account is videos follows its assets', (t) => {
  const { db, ann, addAsset, users } = openTestUsers(t);
  const bytes = () => {
    const { usedBytes, videoBytes } = users.findById(ann.id)!;
    return [usedBytes, videoBytes];
  };
  addAsset(ann.id, { original_bytes: 10 });
  const video = addAsset(ann.id, { type: 'VIDEO', original_bytes: 500 });
  addAsset(ann.id, { type: 'VIDEO', original_bytes: 9000, is_extracted: 1 });
  assert.deepEqual(bytes(), [510, 500]);
  db.prepare("UPDATE asset SET type = 'IMAGE' WHERE id = ?").run(video);
  assert.deepEqual(bytes(), [510, 0]);
  db.prepare("UPDATE asset SET type = 'VIDEO' WHERE id = ?").run(video);
  db.prepare('DELETE FROM asset WHERE id = ?').run(video);
  assert.deepEqual(bytes(), [10, 0]);
});

test('photos are counted outside the trash and the locked folder, and without parts of others', (t) => {
  const { ann, addAsset, users } = openTestUsers(t);
  addAsset(ann.id, { is_favorite: 1 });
  addAsset(ann.id, { visibility: 'archive' });
  addAsset(ann.id, { type: 'VIDEO', visibility: 'hidden' });
  addAsset(ann.id, { type: 'VIDEO' });
  addAsset(ann.id, { trashed_at: NOON });
  addAsset(ann.id, { visibility: 'locked', is_favorite: 1 });
  addAsset(ann.id, { visibility: 'locked', trashed_at: NOON });
  assert.deepEqual(users.countAll(), [{ userId: ann.id, images: 2, videos: 1 }]);
  const count = { userId: ann.id, isTrashed: 0, isFavorite: null, visibility: null } as const;
  assert.deepEqual(users.count({ ...count, isFavorite: 1 }), { images: 1, videos: 0 });
  assert.deepEqual(users.count({ ...count, isTrashed: 1 }), { images: 1, videos: 0 });
  assert.deepEqual(users.count({ ...count, visibility: 'archive' }), { images: 1, videos: 0 });
  assert.deepEqual(users.count({ ...count, userId: 'nobody' }), { images: 0, videos: 0 });
});

test('an address and a label belong to one account, also to a deleted one', (t) => {
  const { users, create } = openTestUsers(t);
  const bob = create('Bob', { storageLabel: 'b' });
  users.remove({ id: bob.id, now: NOON, purgeAt: NOON });
  assert.throws(() => create('Bobby', { email: 'bob@home.example' }), hasCode('email_taken'));
  assert.throws(() => create('Bobby', { storageLabel: 'b' }), hasCode('storage_label_taken'));
  const cid = create('Cid');
  const take = { id: cid.id, patch: { storageLabel: 'b' }, now: NOON };
  assert.throws(() => users.update(take), hasCode('storage_label_taken'));
});

test('what a change leaves out or does not know stays as it is', (t) => {
  const { users, create } = openTestUsers(t);
  const bob = create('Bob', { quotaBytes: 7, avatarColor: 'red' });
  const patch = { name: 'Rob', quotaBytes: null, avatarColor: undefined } as object;
  const { user } = users.update({ id: bob.id, patch, now: NOON + 1 });
  assert.deepEqual(user, { ...bob, name: 'Rob', quotaBytes: null, updatedAt: NOON + 1 });
  assert.equal(users.findSecrets(bob.id)!.passwordHash, 'kept');
});

test('a PIN is set once, and an account that loses it has every device locked', (t) => {
  const { db, users, create, signIn } = openTestUsers(t);
  const bob = create('Bob');
  const phone = signIn(bob.id);
  users.setFirstPin({ id: bob.id, pinHash: 'pin', now: NOON });
  assert.throws(() => users.setFirstPin({ id: bob.id, pinHash: 'other', now: NOON }), hasCode('pin_exists'));
  sessionChanges(db).elevate({ id: phone, until: NOON + 1 });
  users.update({ id: bob.id, patch: { pinHash: null }, now: NOON });
  assert.equal(sessionQueries(db).findById(phone)!.elevatedUntil, null);
});

test('a password that was changed meanwhile is not put back by encoding it anew', (t) => {
  const { users, create } = openTestUsers(t);
  const bob = create('Bob');
  users.update({ id: bob.id, patch: { passwordHash: 'changed' }, now: NOON });
  users.rehash({ id: bob.id, from: 'kept', to: 'kept in another way' });
  assert.equal(users.findSecrets(bob.id)!.passwordHash, 'changed');
});

test('what ends with a session is told: those it made, and those that they made', (t) => {
  const { db, create, signIn } = openTestUsers(t);
  const bob = create('Bob');
  const phone = signIn(bob.id);
  const television = signIn(bob.id, { parentId: phone });
  const guest = signIn(bob.id, { parentId: television });
  const browser = signIn(bob.id);
  const sessions = sessionChanges(db);
  assert.deepEqual(sessions.remove({ id: phone }).toSorted(), [phone, television, guest].toSorted());
  assert.deepEqual(sessions.remove({ id: phone }), []);
  assert.deepEqual(
    sessionQueries(db)
      .listByUser(bob.id, NOON)
      .map(({ id }) => id),
    [browser],
  );
});

test('signing out all others keeps the session that asks and those it came from', (t) => {
  const { db, create, signIn } = openTestUsers(t);
  const bob = create('Bob');
  const phone = signIn(bob.id);
  const television = signIn(bob.id, { parentId: phone });
  const browser = signIn(bob.id);
  const sessions = sessionChanges(db);
  assert.deepEqual(sessions.removeByUser({ userId: bob.id, keptId: television }), [browser]);
  assert.deepEqual(sessions.removeByUser({ userId: bob.id, keptId: phone }), [television]);
  assert.deepEqual(sessions.removeByUser({ userId: bob.id, keptId: null }), [phone]);
});

test('sessions that ran out are not listed, and forgotten with the next one', (t) => {
  const { db, create, signIn } = openTestUsers(t);
  const bob = create('Bob');
  const short = signIn(bob.id, { expiresAt: NOON });
  assert.deepEqual(sessionQueries(db).listByUser(bob.id, NOON), []);
  signIn(bob.id);
  assert.equal(sessionQueries(db).findById(short), undefined);
});
