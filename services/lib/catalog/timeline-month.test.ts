import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type MonthRow, writeMonth } from './timeline-month.ts';

const row = (capturedAt: number, rowid: number, columns: Partial<Record<number, unknown>> = {}): MonthRow =>
  Object.assign(
    [`id-${rowid}`, null, capturedAt, capturedAt, 0, rowid, 3, 2, 1, null, null, null, null, null, null],
    columns,
  ) as MonthRow;
const options = {
  viewerId: 'me',
  basis: 'taken',
  order: 'desc',
  withCoordinates: false,
  withStacks: false,
} as const;

test('instants are written as ISO text, to the millisecond and in any year', () => {
  const instants = [
    -62_135_596_800_001, -1, 0, 1, 59_999, 3_599_999, 86_399_999, 951_782_400_000, 1_714_521_600_007,
    4_107_542_399_999, 253_402_300_799_999,
  ];
  const text = writeMonth(
    instants.map((at, rowid) => row(at, rowid)),
    { ...options, order: 'asc' },
  );
  const { fileCreatedAt } = JSON.parse(text) as { fileCreatedAt: string[] };
  assert.deepEqual(
    fileCreatedAt,
    instants.map((at) => new Date(at).toISOString()),
  );
});

test('an impossible instant breaks no list', () => {
  const { fileCreatedAt } = JSON.parse(writeMonth([row(1e15, 1)], options)) as { fileCreatedAt: string[] };
  assert.match(fileCreatedAt[0]!, /^9999-12-31T/);
});

test('what was taken in the same moment keeps one order, whichever way it is asked for', () => {
  const rows = [row(5, 2), row(5, 9), row(5, 4)];
  const ids = (order: 'asc' | 'desc') =>
    (JSON.parse(writeMonth([...rows], { ...options, order })) as { id: string[] }).id;
  assert.deepEqual(ids('asc'), ['id-2', 'id-4', 'id-9']);
  assert.deepEqual(ids('desc'), ids('asc').toReversed());
});

test('present and missing ThumbHashes stand side by side', () => {
  const { thumbhash, ownerId } = JSON.parse(
    writeMonth([row(2, 2, { 9: 'a/b+c=', 1: 'you' }), row(1, 1)], options),
  ) as { thumbhash: (string | null)[]; ownerId: string[] };
  assert.deepEqual(thumbhash, ['a/b+c=', null]);
  assert.deepEqual(ownerId, ['you', 'me']);
});
