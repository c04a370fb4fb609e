import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Setup } from '#contract/appliance-setup';
import { canOpen, networkName, offeredZone, stepAfter } from './setup-steps.ts';

type State = Setup['steps'][number]['state'];

function setupWith(states: Partial<Record<string, State>>, next: Setup['next']): Setup {
  const pool = {
    fileSystem: 'btrfs',
    totalBytes: 2e12,
    availableBytes: 1e12,
    hasChecksums: true,
    copies: 1,
    isReadOnly: false,
  };
  return {
    next,
    steps: [
      { id: 'account', state: states['account'] ?? 'open' },
      {
        id: 'box',
        state: states['box'] ?? 'open',
        answers: { name: 'shoebox', timeZone: 'UTC' },
        timeZones: ['Europe/Berlin', 'UTC'],
      },
      { id: 'drives', state: 'unavailable', pool },
      {
        id: 'privacy',
        state: states['privacy'] ?? 'open',
        answers: { faces: false, placeNames: true, memories: true },
        canRecogniseFaces: false,
      },
      { id: 'phone', state: states['phone'] ?? 'open' },
      { id: 'done', state: states['done'] ?? 'open' },
    ],
  };
}

test('after an answer comes the next open step, and one that only tells something is told', () => {
  const setup = setupWith({ account: 'done', box: 'done' }, 'privacy');
  assert.equal(stepAfter('account', setupWith({ account: 'done' }, 'box')), 'box');
  assert.equal(stepAfter('box', setup), 'drives');
  assert.equal(stepAfter('drives', setup), 'privacy');
});

test('answering a step again leads past what was answered since, to the end', () => {
  const answered = { account: 'done', box: 'done', privacy: 'skipped', phone: 'done' } as const;
  assert.equal(stepAfter('drives', setupWith(answered, 'done')), 'done');
  assert.equal(stepAfter('phone', setupWith({ ...answered, done: 'done' }, null)), 'done');
});

test('a step that is not reached yet cannot be opened, one that was answered can', () => {
  const setup = setupWith({ account: 'done', box: 'done' }, 'privacy');
  assert.equal(canOpen('account', setup), false);
  assert.equal(canOpen('box', setup), true);
  assert.equal(canOpen('drives', setup), true);
  assert.equal(canOpen('phone', setup), false);
});

test('what somebody types becomes a name that networks allow', () => {
  assert.equal(networkName('Fotos für Oma'), 'fotos-fuer-oma');
  assert.equal(networkName('  Ann’s Box! '), 'anns-box');
  assert.equal(networkName('Café'), 'cafe');
  assert.equal(networkName('写真'), '');
  assert.equal(networkName(`${'a'.repeat(62)} b`), 'a'.repeat(62));
});

test('the reader’s own time zone is offered until somebody has chosen one', () => {
  const [, open] = setupWith({}, 'box').steps;
  const [, chosen] = setupWith({ box: 'done' }, 'privacy').steps;
  assert.equal(offeredZone(open, 'Europe/Berlin'), 'Europe/Berlin');
  assert.equal(offeredZone(open, 'Mars/Olympus'), 'UTC');
  assert.equal(offeredZone(chosen, 'Europe/Berlin'), 'UTC');
});
