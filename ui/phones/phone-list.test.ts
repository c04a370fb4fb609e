import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from 'uqr';
import type { Phone } from '#contract/appliance-phones';
import { phoneName, withPhone } from './phone-list.ts';

const phone = (sessionId: string, sentInAll: number): Phone => ({
  sessionId,
  userId: 'u',
  userName: 'Ann',
  model: '',
  os: 'Android',
  appVersion: '3.2.2',
  signedInAt: '2026-11-22T12:00:00.000Z',
  lastHeardAt: '2026-11-22T12:00:00.000Z',
  sentToday: sentInAll,
  sentInAll,
  lastSentAt: null,
});

test('news of a phone replace what was known of it and put it first', () => {
  const list = withPhone([phone('a', 1), phone('b', 2)], phone('b', 3));
  assert.deepEqual(
    list.map(({ sessionId, sentInAll }) => [sessionId, sentInAll]),
    [
      ['b', 3],
      ['a', 1],
    ],
  );
  assert.equal(withPhone(list, phone('c', 0)).length, 3);
});

test('a phone without a model is called by its system', () => {
  assert.equal(phoneName({ model: 'Pixel 9', os: 'Android' }), 'Pixel 9');
  assert.equal(phoneName({ model: '', os: 'iOS' }), 'iOS');
  assert.equal(phoneName({ model: '', os: '' }), 'A phone');
});

test('the address of a box fits a code that a camera reads from a metre away', () => {
  assert.ok(encode('http://192.168.178.100:2283', { ecc: 'M', border: 0 }).size <= 29);
});
