import assert from 'node:assert/strict';
import { test } from 'node:test';
import { updateFault } from '#contract/appliance-updates';
import { judgeStart } from './judge-start.ts';
import type { UpdateRecord } from './memory.ts';

const old = { version: '0.1.0', slot: 'A' };
const next = { version: '0.2.0', slot: 'B' };
const record: UpdateRecord = {
  id: 'one',
  from: old,
  to: next,
  phase: 'installed',
  bootId: 'before',
  restartAt: null,
  before: { pool: null, hasAddress: true },
};
const nothing = { record: undefined, kept: undefined, failure: undefined };
const keptOld = { ...old, at: 1 };
const fault = updateFault('service_down', { unit: 'gateway' });
const failure = { ...next, reason: 'shoebox-gateway.service is failed', fault };

test('a new box, and one that was never updated, have nothing to tell', () => {
  const running = { ...old, bootId: 'now' };
  assert.deepEqual(judgeStart({ ...nothing, running }), { kind: 'settled' });
  assert.deepEqual(judgeStart({ ...nothing, running, kept: keptOld }), { kind: 'settled' });
});

test('until the box starts again, the update waits or is still being written', () => {
  const running = { ...old, bootId: 'before' };
  const facts = { running, kept: keptOld, failure: undefined };
  assert.equal(judgeStart({ ...facts, record }).kind, 'installed');
  assert.equal(judgeStart({ ...facts, record: { ...record, phase: 'installing' } }).kind, 'installing');
});

test('the new version is tried until it is kept, also when the power went just before that was written down', () => {
  const running = { ...next, bootId: 'now' };
  for (const phase of ['installing', 'installed'] as const) {
    const facts = { running, record: { ...record, phase }, failure: undefined };
    assert.equal(judgeStart({ ...facts, kept: keptOld }).kind, 'trying');
    assert.equal(judgeStart({ ...facts, kept: undefined }).kind, 'trying');
    assert.deepEqual(judgeStart({ ...facts, kept: { ...next, at: 2 } }), {
      ...{ kind: 'over', id: 'one', from: '0.1.0', to: '0.2.0', outcome: 'updated', reason: null },
    });
  }
});

test('back in the old version, the reason is the one that the gate wrote, else that the new one never started', () => {
  const running = { ...old, bootId: 'now' };
  const facts = { running, record, kept: keptOld };
  const told = judgeStart({ ...facts, failure });
  assert.ok(told.kind === 'over' && told.outcome === 'went_back');
  assert.deepEqual(told.reason, fault);
  // A reason of another update is none of this one.
  for (const other of [undefined, { ...failure, version: '0.1.9' }, { ...failure, slot: 'A' }]) {
    const silent = judgeStart({ ...facts, failure: other });
    assert.ok(silent.kind === 'over' && silent.outcome === 'went_back');
    assert.equal(silent.reason?.code, 'never_started');
  }
});

test('a power cut while the new version was written is told as that, unless it had been complete and was given up', () => {
  const facts = {
    running: { ...old, bootId: 'now' },
    record: { ...record, phase: 'installing' as const },
    kept: keptOld,
  };
  const cut = judgeStart({ ...facts, failure: undefined });
  assert.ok(cut.kind === 'over' && cut.outcome === 'not_finished');
  assert.equal(cut.reason?.code, 'install_cut');
  const tried = judgeStart({ ...facts, failure });
  assert.ok(tried.kind === 'over' && tried.outcome === 'went_back');
});

test('a version that ran for long and then no longer starts is told, once', () => {
  const facts = { record: undefined, kept: { ...next, at: 7 }, failure: undefined };
  const first = judgeStart({ ...facts, running: { ...old, bootId: 'now' } });
  const again = judgeStart({ ...facts, running: { ...old, bootId: 'later' } });
  assert.ok(first.kind === 'over' && first.outcome === 'went_back');
  assert.equal(first.reason?.code, 'slot_fell_back');
  assert.deepEqual(again, first);
  // Kept by the gate, it is the version of this box.
  const kept = { ...old, at: 8 };
  assert.equal(judgeStart({ ...facts, kept, running: { ...old, bootId: 'later' } }).kind, 'settled');
});

test('what somebody installed by hand is tried like every update', () => {
  const facts = { record: undefined, kept: keptOld, failure: undefined };
  assert.equal(judgeStart({ ...facts, running: { ...next, bootId: 'now' } }).kind, 'trying');
});
