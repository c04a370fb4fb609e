import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestOf } from './best-of.ts';

const photo = (id: string, bytes: number, width: number, localDateTime: string) => ({
  id,
  width,
  height: 100,
  localDateTime,
  exifInfo: { fileSizeInByte: bytes },
});

test('what tells photos apart is marked, what they share is not', () => {
  const best = bestOf([
    photo('original', 5000, 400, '2024-05-01T10:00:00.000Z'),
    photo('sent', 900, 400, '2024-05-03T10:00:00.000Z'),
    photo('copy', 5000, 400, '2024-05-01T10:00:00.000Z'),
  ]);
  assert.deepEqual(Object.fromEntries(best), {
    original: ['bytes', 'oldest'],
    copy: ['bytes', 'oldest'],
  });
});
