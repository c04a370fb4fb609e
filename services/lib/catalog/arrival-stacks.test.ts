import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type AssetColumns, NOON, openTestLibrary } from '#test/fixtures/library';
import { arrivalStacks } from './arrival-stacks.ts';
import { stackChanges } from './stacks.ts';

const RAW = { original_name: 'IMG_1.CR3', mime_type: 'image/x-canon-cr3' };
const JPEG = { original_name: 'img_1.jpg', mime_type: 'image/jpeg' };

function openShelf(t: TestContext) {
  const library = openTestLibrary(t);
  const { db, ann, addAsset } = library;
  const { stackArrival } = arrivalStacks(db);
  return {
    ...library,
    stacks: stackChanges(db),
    /** A photo of this minute that has been read, and has looked for the others of its shot. */
    arrive: (columns: AssetColumns, ownerId = ann.id): string => {
      const id = addAsset(ownerId, { captured_at: NOON, capture_reason: 'exif', ...columns });
      stackArrival(id, NOON);
      return id;
    },
    /** The stacks, each with its assets, the primary first. */
    shelf: (): string[][] =>
      db
        .prepare<[], { id: string; primaryId: string }>(
          'SELECT id, primary_asset_id AS primaryId FROM stack ORDER BY rowid',
        )
        .all()
        .map(({ id, primaryId }) => {
          const members = db
            .prepare<[string], string>('SELECT id FROM asset WHERE stack_id = ? ORDER BY rowid')
            .pluck()
            .all(id);
          return [primaryId, ...members.filter((member) => member !== primaryId)];
        }),
  };
}

test('the RAW and the JPEG of a shot become a stack with the JPEG on top, whichever comes first', (t) => {
  const { arrive, shelf } = openShelf(t);
  const raw = arrive({ ...RAW, captured_at: NOON + 120 });
  const jpeg = arrive({ ...JPEG, captured_at: NOON + 900 });
  const second = { captured_at: NOON + 5000 };
  const jpeg2 = arrive({ ...JPEG, ...second });
  const raw2 = arrive({ ...RAW, ...second });
  assert.deepEqual(shelf(), [
    [jpeg, raw],
    [jpeg2, raw2],
  ]);
});

test('another name, second, owner, kind of file or place in the library is another shot', (t) => {
  const { arrive, shelf, db } = openShelf(t);
  db.prepare(
    `INSERT INTO user (id, email, name, password_hash, folder, profile_changed_at, created_at, updated_at)
     VALUES ('bob', 'bob@example.org', 'Bob', '!', 'bob', 0, 0, 0)`,
  ).run();
  arrive(RAW);
  arrive({ ...JPEG, original_name: 'IMG_2.jpg' });
  arrive({ ...JPEG, captured_at: NOON + 1000 });
  arrive({ ...JPEG, captured_at: NOON - 1 });
  arrive(JPEG, 'bob');
  arrive({ ...RAW, original_name: 'IMG_1.DNG', mime_type: 'image/x-adobe-dng' });
  arrive({ ...JPEG, visibility: 'locked' });
  arrive({ ...JPEG, type: 'VIDEO' });
  arrive({ ...JPEG, trashed_at: NOON });
  assert.deepEqual(shelf(), []);
});

test('what has not been read yet is not looked at', (t) => {
  const { arrive, shelf } = openShelf(t);
  arrive({ ...RAW, capture_reason: null });
  arrive(JPEG);
  assert.deepEqual(shelf(), []);
});

test('the photos of a burst become one stack, in whatever order they come', (t) => {
  const { arrive, shelf, db } = openShelf(t);
  const burst = [2, 0, 1].map((at) => arrive({ burst_id: 'b', captured_at: NOON + at * 100 }));
  arrive({ burst_id: 'other', captured_at: NOON + 50 });
  arrive({ burst_id: 'b', captured_at: NOON + 3600_000 });
  assert.deepEqual(shelf(), [burst]);
  const shown = db.prepare('SELECT id FROM asset WHERE stack_id IS NOT NULL AND is_stack_member = 0').pluck();
  assert.deepEqual(shown.all(), [burst[0]]);
});

test('what people took apart stays apart, also when another photo of the shot arrives', (t) => {
  const { arrive, shelf, stacks, db } = openShelf(t);
  const [a] = [arrive({ burst_id: 'b' }), arrive({ burst_id: 'b' })];
  const id = db.prepare('SELECT stack_id FROM asset WHERE id = ?').pluck().get(a) as string;
  stacks.dissolve(id, NOON);
  arrive({ burst_id: 'b' });
  assert.deepEqual(shelf(), []);
});

test('a photo that was taken out of a stack is left alone when the stack grows', (t) => {
  const { arrive, shelf, stacks } = openShelf(t);
  const [a, out, c] = [arrive({ burst_id: 'b' }), arrive({ burst_id: 'b' }), arrive({ burst_id: 'b' })];
  stacks.leave(out, NOON);
  const d = arrive({ burst_id: 'b' });
  assert.deepEqual(shelf(), [[a, c, d]]);
});
