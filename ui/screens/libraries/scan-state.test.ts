import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanState } from './scan-state.ts';

const none = { active: 0, completed: 0, failed: 0, delayed: 0, waiting: 0, paused: 0 };
const fresh = { refreshedAt: null };
const known = { refreshedAt: '2026-11-22T12:00:00.000Z' };

test('a library is quiet once it was looked through and nothing is going on', () => {
  assert.equal(scanState(known, none), 'quiet');
  assert.equal(scanState(known, { ...none, active: 1 }), 'scanning');
  assert.equal(scanState(known, undefined), 'quiet');
});

test('a new library waits, is looked through, or could not be', () => {
  assert.equal(scanState(fresh, { ...none, waiting: 1 }), 'waiting');
  assert.equal(scanState(fresh, { ...none, active: 1 }), 'scanning');
  assert.equal(scanState(fresh, { ...none, failed: 1 }), 'failed');
});
