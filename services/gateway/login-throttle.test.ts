import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '#contract/problems';
import { buildLoginThrottle, type Secret } from './login-throttle.ts';

const ann: Secret = { kind: 'password', email: 'ann@home.example' };
const right = async () => true;
const wrong = async () => false;

/** A throttle on a clock that only waiting moves; `pauses` are what was waited, in milliseconds. */
function openTestThrottle() {
  const clock = { now: 1_000_000 };
  const pauses: number[] = [];
  const throttle = buildLoginThrottle({
    now: () => clock.now,
    wait: async (ms) => {
      pauses.push(ms);
      clock.now += ms;
    },
  });
  return { clock, pauses, throttle };
}

const isTooMany = (error: unknown) => error instanceof Problem && error.code === 'too_many_attempts';

test('the first mistakes cost nothing, further ones cost twice as much each time up to a limit', async () => {
  const { throttle, pauses } = openTestThrottle();
  for (let i = 0; i < 10; i++) await throttle.attempt(ann, '192.168.1.9', wrong);
  assert.deepEqual(pauses, [250, 500, 1000, 2000, 4000, 5000, 5000]);
});

test('a right password lets its account start afresh', async () => {
  const { throttle, pauses } = openTestThrottle();
  for (let i = 0; i < 4; i++) await throttle.attempt(ann, '192.168.1.9', wrong);
  assert.equal(await throttle.attempt(ann, '192.168.1.9', right), true);
  pauses.length = 0;
  for (let i = 0; i < 3; i++) await throttle.attempt(ann, '192.168.1.9', wrong);
  assert.deepEqual(pauses, []);
});

test('mistakes are forgotten when none came for half an hour', async () => {
  const { throttle, pauses, clock } = openTestThrottle();
  for (let i = 0; i < 6; i++) await throttle.attempt(ann, '192.168.1.9', wrong);
  pauses.length = 0;
  clock.now += 31 * 60_000;
  await throttle.attempt(ann, '192.168.1.9', wrong);
  await throttle.attempt(ann, '192.168.1.9', wrong);
  assert.deepEqual(pauses, []);
});

test('one address that tries many accounts is slowed, another address is not', async () => {
  const { throttle, pauses } = openTestThrottle();
  for (let i = 0; i < 22; i++)
    await throttle.attempt({ kind: 'password', email: `${i}@x` }, '2001:db8::1', wrong);
  assert.deepEqual(pauses, [250, 500]);
  pauses.length = 0;
  await throttle.attempt({ kind: 'password', email: 'new@x' }, '2001:db8:0:1::1', wrong);
  assert.deepEqual(pauses, []);
});

test('attempts at one account come one after the other and only a few may wait', async () => {
  const { throttle } = openTestThrottle();
  let running = 0;
  let most = 0;
  const slow = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return false;
  };
  const results = await Promise.allSettled(
    Array.from({ length: 50 }, (_, i) => throttle.attempt(ann, `10.0.0.${i}`, slow)),
  );
  assert.equal(most, 1);
  const refused = results.filter((result) => result.status === 'rejected');
  assert.equal(refused.length, 44);
  assert.ok(refused.every(({ reason }) => isTooMany(reason)));
  assert.equal(await throttle.attempt(ann, '10.0.0.1', right), true);
});

test('a PIN is slowed apart from the password', async () => {
  const { throttle, pauses } = openTestThrottle();
  const pin: Secret = { kind: 'pin', userId: 'ann' };
  for (let i = 0; i < 6; i++) await throttle.attempt(pin, '10.0.0.1', wrong);
  assert.deepEqual(pauses, [1000, 2000]);
  pauses.length = 0;
  await throttle.attempt(ann, '10.0.0.2', wrong);
  assert.deepEqual(pauses, []);
});

test('an attempt that failed for another reason is no mistake, and the next one has its turn', async () => {
  const { throttle, pauses } = openTestThrottle();
  const broken = async () => {
    throw new Error('the drive is gone');
  };
  for (let i = 0; i < 9; i++)
    await assert.rejects(throttle.attempt(ann, '10.0.0.1', broken), /drive is gone/);
  assert.equal(await throttle.attempt(ann, '10.0.0.1', right), true);
  assert.deepEqual(pauses, []);
});

test('guesses at ten thousand made-up accounts from as many addresses are all answered', async () => {
  const { throttle } = openTestThrottle();
  for (let i = 0; i < 10_100; i++) {
    const email = `${i}@made.up`;
    await throttle.attempt({ kind: 'password', email }, `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, wrong);
  }
  assert.equal(await throttle.attempt(ann, '192.168.1.1', right), true);
});

test('who waits is refused when the box stops', async () => {
  const throttle = buildLoginThrottle({
    now: () => 0,
    wait: (_ms, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
  });
  for (let i = 0; i < 3; i++) await throttle.attempt(ann, '10.0.0.1', wrong);
  const waiting = throttle.attempt(ann, '10.0.0.1', right);
  const behind = throttle.attempt(ann, '10.0.0.1', right);
  setImmediate(() => throttle.close());
  await Promise.all([assert.rejects(waiting, isTooMany), assert.rejects(behind, isTooMany)]);
});
