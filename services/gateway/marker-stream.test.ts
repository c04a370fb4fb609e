import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { ANY_TIME } from '#catalog/markers';
import { openReader } from '#catalog/reader';
import { openTestLibrary } from '#test/fixtures/library';
import { markerStream } from './marker-stream.ts';

/** Six pages. */
const MARKERS = 6_000;

test('a client that takes its time has some pages read and no transaction open, and none are read once it goes', async (t) => {
  const { db, ann, addAsset, layout, cleanup } = openTestLibrary(t);
  db.exec('BEGIN');
  for (let at = 0; at < MARKERS; at++) addAsset(ann.id, { latitude: 52.5, longitude: 13.4 });
  db.exec('COMMIT');
  const reader = openReader(layout.catalogFile);
  cleanup.defer(() => reader.close());
  let pages = 0;
  const counted = new Proxy(reader, {
    get: (target, noun) => {
      if (noun === 'markers') pages++;
      return Reflect.get(target, noun);
    },
  });
  const users = [{ ownerId: ann.id, isArchived: null, isFavorite: null, ...ANY_TIME }];
  const stream = markerStream({ reader: counted }, { users, albums: [] });
  await once(stream, 'readable');
  const first = stream.read() as Buffer;
  assert.equal(first.toString('utf8', 0, 7), '[{"id":');
  // Questions are answered in their order: after this one nothing is under way.
  await reader.markers.listAlbums(ann.id);
  const taken = pages;
  assert.ok(taken < 5, `${taken} pages were read for a client that took one`);
  const [{ busy }] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
  assert.equal(busy, 0);
  stream.destroy();
  await once(stream, 'close');
  await reader.markers.listAlbums(ann.id);
  assert.equal(pages, taken);
});
