import { createHash } from 'node:crypto';
import { Problem } from '#contract/problems';
import { senderOf } from './local-network.ts';

/** How attempts of one kind are slowed. */
interface Pace {
  /** So many failures cost nothing: people mistype. */
  freeFailures: number;
  /** The pause after the first failure that costs; it doubles with each further one, up to `longestMs`. */
  firstMs: number;
  longestMs: number;
  /** Attempts that wait for their turn; more are refused at once. */
  mostWaiting: number;
}

/** A guesser gets some 17,000 tries a day at one password, its owner waits half a minute at worst. */
const PASSWORD_PACE: Pace = { freeFailures: 3, firstMs: 250, longestMs: 5_000, mostWaiting: 6 };
/** Six digits are a million: at two tries a minute that is a year. */
const PIN_PACE: Pace = { freeFailures: 4, firstMs: 1_000, longestMs: 30_000, mostWaiting: 3 };
/** A household shares one address, so it may fail more often before it is slowed. */
const ADDRESS_PACE: Pace = { freeFailures: 20, firstMs: 250, longestMs: 5_000, mostWaiting: 32 };

/** Failures are forgotten when none came for so long. */
const FORGET_MS = 30 * 60_000;

/** Accounts and addresses remembered of each kind, some 200 bytes each; the longest unheard of is forgotten first. */
const MOST_LANES = 10_000;

/** What is tried: somebody's password, the PIN of somebody who is signed in, or the password of a shared link. */
export type Secret =
  | { kind: 'password'; email: string }
  | { kind: 'pin'; userId: string }
  | { kind: 'link'; linkId: string };

export interface LoginThrottle {
  /**
   * Runs `tryIt` when its turn has come, and resolves to whether the secret was right. Attempts at one secret
   * come one after the other, and so do attempts from one address, each after a pause that grows with the
   * failures before it. A right password lets its account start afresh. Throws `too_many_attempts` when too
   * many wait already, or when the box stops.
   */
  attempt(secret: Secret, address: string, tryIt: () => Promise<boolean>): Promise<boolean>;
  /** Refuses everybody who waits, so that the box can stop. */
  close(): void;
}

interface Lane {
  tail: Promise<void>;
  waiting: number;
  failures: number;
  /** Unix milliseconds, of the last failure. */
  failedAt: number;
}

/** `wait` resolves after that many milliseconds, or rejects when the signal aborts. */
export function buildLoginThrottle({
  now,
  wait,
}: {
  now: () => number;
  wait: (ms: number, signal: AbortSignal) => Promise<unknown>;
}): LoginThrottle {
  const stop = new AbortController();
  const passwords = new Map<string, Lane>();
  const pins = new Map<string, Lane>();
  const links = new Map<string, Lane>();
  const addresses = new Map<string, Lane>();

  const inLane = async (
    lanes: Map<string, Lane>,
    key: string,
    pace: Pace,
    forgives: boolean,
    tryIt: () => Promise<boolean>,
  ): Promise<boolean> => {
    const lane = openLane(lanes, key, now());
    if (lane.waiting >= pace.mostWaiting) throw new Problem('too_many_attempts');
    lane.waiting++;
    const turn = lane.tail;
    const { promise, resolve: leave } = Promise.withResolvers<void>();
    lane.tail = promise;
    try {
      await turn;
      const pauseMs = lane.failedAt + pauseAfter(lane.failures, pace) - now();
      refuseWhenStopped();
      if (pauseMs > 0) await wait(pauseMs, stop.signal).catch(refuseWhenStopped);
      const isRight = await tryIt();
      if (!isRight) {
        lane.failures++;
        lane.failedAt = now();
      } else if (forgives) lane.failures = 0;
      return isRight;
    } finally {
      lane.waiting--;
      leave();
      if (lane.waiting === 0 && lane.failures === 0) lanes.delete(key);
    }
  };
  const refuseWhenStopped = (error?: unknown) => {
    if (stop.signal.aborted) throw new Problem('too_many_attempts', {}, error);
    if (error) throw error;
  };

  return {
    attempt: (secret, address, tryIt) => {
      const [lanes, name, pace] =
        secret.kind === 'password'
          ? ([passwords, secret.email, PASSWORD_PACE] as const)
          : secret.kind === 'pin'
            ? ([pins, secret.userId, PIN_PACE] as const)
            : ([links, secret.linkId, PASSWORD_PACE] as const);
      // What is typed as an address can be long; its digest is not.
      const key = createHash('sha256').update(name).digest('base64');
      return inLane(lanes, key, pace, true, () =>
        inLane(addresses, senderOf(address), ADDRESS_PACE, false, tryIt),
      );
    },
    close: () => stop.abort(),
  };
}

function pauseAfter(failures: number, { freeFailures, firstMs, longestMs }: Pace): number {
  if (failures < freeFailures) return 0;
  return Math.min(longestMs, firstMs * 2 ** Math.min(failures - freeFailures, 30));
}

/** The lane of a key, moved to the end of its map: the first in a map is the one unheard of for longest. */
function openLane(lanes: Map<string, Lane>, key: string, now: number): Lane {
  let lane = lanes.get(key);
  if (lane) {
    if (now - lane.failedAt > FORGET_MS) lane.failures = 0;
    lanes.delete(key);
  } else {
    if (lanes.size >= MOST_LANES) forgetOne(lanes);
    lane = { tail: Promise.resolve(), waiting: 0, failures: 0, failedAt: 0 };
  }
  lanes.set(key, lane);
  return lane;
}

function forgetOne(lanes: Map<string, Lane>): void {
  for (const [key, lane] of lanes) {
    if (lane.waiting > 0) continue;
    lanes.delete(key);
    return;
  }
  throw new Problem('too_many_attempts');
}
