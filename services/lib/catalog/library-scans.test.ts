import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { NOON, openTestLibrary } from '#test/fixtures/library';
import { libraryChanges, libraryQueries } from './libraries.ts';
import { libraryScans, type NewFile } from './library-scans.ts';
import { trashChanges } from './trash.ts';

const DAY_MS = 24 * 3600_000;

/** A library of Ann's with one folder, and a quick way to put files into it. */
function openScans(t: TestContext) {
  const { db, ann } = openTestLibrary(t);
  const libraries = { ...libraryQueries(db), ...libraryChanges(db) };
  const scans = libraryScans(db);
  const id = randomUUID();
  const marker = { path: '/media/usb', fileSystem: 'ext4 1234 /', inode: '7' };
  libraries.create({ id, ownerId: ann.id, name: 'L', folders: [marker], exclusionPatterns: [], now: NOON });
  const [folder] = scans.listFoldersOf(id);
  const add = (name: string, more: Partial<NewFile> = {}): string => {
    const assetId = randomUUID();
    const dir = more.dir ?? '';
    scans.add({
      assetId,
      folderId: folder!.id,
      libraryId: id,
      ownerId: ann.id,
      dir,
      name,
      path: `external/${id}/media/usb/${dir && `${dir}/`}${name}`,
      bytes: 100,
      modifiedAt: NOON,
      contentChecksum: `bytes of ${name}`,
      type: 'IMAGE',
      mimeType: 'image/jpeg',
      now: NOON,
      ...more,
    });
    return assetId;
  };
  const claim = (worker: string, now: number) => scans.claim({ worker, now, leaseMs: 1000 });
  return { db, ann, id, folder: folder!, libraries, scans, add, claim };
}

test('a scan whose worker died goes on behind the last folder that was done', (t) => {
  const { ann, id, folder, scans, claim } = openScans(t);
  assert.deepEqual(claim('a', NOON), {
    libraryId: id,
    ownerId: ann.id,
    exclusionPatterns: [],
    attempts: 1,
    folderId: null,
    position: null,
  });
  const done = { libraryId: id, worker: 'a', folderId: folder.id, position: '2019', files: 3 };
  assert.equal(scans.recordProgress(done), true);
  assert.equal(claim('b', NOON + 999), undefined);
  const { folderId, position } = claim('b', NOON + 1000)!;
  assert.deepEqual({ folderId, position }, { folderId: folder.id, position: '2019' });
  // The first one is not dead after all: it has lost the scan.
  assert.equal(scans.recordProgress(done), false);
  assert.equal(scans.renew({ libraryId: id, worker: 'a', until: NOON + 9000 }), false);
});

test('a scan that is asked for while one runs follows it, and one a day follows by itself', (t) => {
  const { id, folder, libraries, scans, claim } = openScans(t);
  claim('a', NOON);
  scans.recordProgress({ libraryId: id, worker: 'a', folderId: folder.id, position: '', files: 1 });
  libraries.scan(id, NOON + 1);
  scans.finish({ libraryId: id, now: NOON + 2, isWhole: true });
  const again = claim('a', NOON + 3)!;
  assert.deepEqual([again.folderId, again.attempts], [null, 1]);
  scans.finish({ libraryId: id, now: NOON + 4, isWhole: true });
  assert.equal(libraries.find(id)?.refreshedAt, NOON + 4);
  assert.equal(claim('a', NOON + 5), undefined);
  scans.askDaily(NOON + DAY_MS);
  assert.equal(claim('a', NOON + DAY_MS), undefined);
  scans.askDaily(NOON + DAY_MS + 4);
  assert.equal(claim('a', NOON + DAY_MS + 4)?.libraryId, id);
  // A deleted library ends the scan that runs.
  libraries.delete(id, NOON + DAY_MS + 5);
  assert.equal(scans.renew({ libraryId: id, worker: 'a', until: NOON + 2 * DAY_MS }), false);
});

test('external files take no space of their owner, and are no part of what is re-read or found by checksum', (t) => {
  const { db, ann, id, libraries, add } = openScans(t);
  add('a.jpg');
  const film = add('b.mp4', { type: 'VIDEO', mimeType: 'video/mp4', bytes: 5000 });
  const space = () =>
    db.prepare('SELECT used_bytes AS used, video_bytes AS video FROM user WHERE id = ?').get(ann.id);
  assert.deepEqual(space(), { used: 0, video: 0 });
  db.prepare(`UPDATE asset SET type = 'IMAGE' WHERE id = ?`).run(film);
  db.prepare(`UPDATE asset SET type = 'VIDEO', original_bytes = 7000 WHERE id = ?`).run(film);
  assert.deepEqual(space(), { used: 0, video: 0 });
  assert.deepEqual(libraries.count(id), { photos: 1, videos: 1, usage: 7100 });
  const found = db.prepare('SELECT count(*) FROM asset WHERE checksum LIKE ? OR verify_due_at < ?').pluck();
  assert.equal(found.get('bytes of%', Number.MAX_SAFE_INTEGER), 0);
  db.prepare('DELETE FROM asset WHERE library_id = ?').run(id);
  assert.deepEqual(space(), { used: 0, video: 0 });
  const months = db.prepare('SELECT sum(count) FROM month_count WHERE owner_id = ?').pluck();
  assert.equal(months.get(ann.id), 0);
});

test('what was deleted is remembered, also for a folder above or below the one it was in', (t) => {
  const { db, id, libraries, scans, add } = openScans(t);
  const asset = add('a.jpg', { dir: '2019' });
  const trash = trashChanges(db);
  const derivedPath = `.shoebox/derived/xx/${asset}`;
  const request = { assets: [{ id: asset, derivedPath }], motionParts: [], onlyTrashed: false, now: NOON };
  assert.deepEqual(trash.deleteForGood(request), [asset]);
  // What was made of it goes; nothing else does.
  assert.deepEqual(db.prepare('SELECT path FROM file_removal').pluck().all(), [derivedPath]);
  const isDeleted = (dir: string, name = 'a.jpg') => scans.isDeleted({ libraryId: id, dir, name });
  assert.equal(isDeleted('/media/usb/2019'), true);
  assert.equal(isDeleted('/media/usb'), false);
  assert.equal(isDeleted('/media/usb/2019', 'b.jpg'), false);
  assert.equal(isDeleted('/media/usb2/2019'), false);
  const above = { path: '/media', fileSystem: 'ext4 1 /', inode: '2' };
  libraries.update({ id, importPaths: ['/media'], marked: [above], now: NOON });
  assert.deepEqual(libraries.find(id)?.importPaths, ['/media']);
  assert.equal(isDeleted('/media/usb/2019'), true);
});

test('an account that goes takes its libraries with it, once their photos are gone', (t) => {
  const { db, ann, id, libraries, scans, add } = openScans(t);
  add('a.jpg');
  assert.throws(() => db.prepare('DELETE FROM library WHERE id = ?').run(id), /FOREIGN KEY/);
  db.prepare('DELETE FROM asset').run();
  db.prepare('DELETE FROM user WHERE id = ?').run(ann.id);
  assert.equal(libraries.find(id), undefined);
  assert.equal(scans.hasLibraries(), false);
});

test('one row says that a whole folder is away, and its return asks for a scan', (t) => {
  const { db, id, folder, libraries, scans, add, claim } = openScans(t);
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) add(name);
  claim('a', NOON);
  scans.finish({ libraryId: id, now: NOON, isWhole: true });
  const revisions = () => db.prepare('SELECT max(revision) FROM asset').pluck().get();
  const before = revisions();
  assert.equal(scans.recordOffline(folder.id, NOON + 1), true);
  assert.equal(scans.recordOffline(folder.id, NOON + 2), false);
  assert.equal(libraries.countOffline(id), 3);
  assert.equal(revisions(), before);
  assert.equal(claim('a', NOON + 3), undefined);
  const back = { id: folder.id, libraryId: id, inode: '7', now: NOON + 4 };
  assert.equal(scans.recordOnline(back), true);
  assert.equal(scans.recordOnline(back), false);
  assert.equal(libraries.countOffline(id), 0);
  assert.equal(claim('a', NOON + 5)?.libraryId, id);
});

test('a former folder’s photo is the same photo in a folder above it', (t) => {
  const { db, ann, id, libraries, scans, add } = openScans(t);
  const asset = add('a.jpg', { dir: '2019' });
  const above = { path: '/media', fileSystem: 'ext4 1 /', inode: '2' };
  libraries.update({ id, importPaths: ['/media'], marked: [above], now: NOON });
  assert.equal(libraries.countOffline(id), 1);
  const path = `external/${id}/media/usb/2019/a.jpg`;
  assert.equal(scans.hasPath(path), true);
  const [folder] = scans.listFoldersOf(id);
  add('a.jpg', { folderId: folder!.id, dir: 'usb/2019', path, ownerId: ann.id });
  assert.equal(scans.listDir(folder!.id, 'usb/2019').get('a.jpg')?.assetId, asset);
  assert.equal(libraries.countOffline(id), 0);
  assert.equal(db.prepare('SELECT count(*) FROM asset').pluck().get(), 1);
});
