import { type UpdateFault, updateFault } from '#contract/appliance-updates';

/** Why the box is not well at the moment; `reason` is for the log. */
export interface Trouble {
  reason: string;
  fault: UpdateFault;
}

export interface GateRequest {
  /** What is wrong now; undefined: nothing. */
  look: () => Promise<Trouble | undefined>;
  /** Milliseconds of a clock that only goes forward. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** So long without a break it has to be well. */
  steadyMs: number;
  /** Until then it has to have been. */
  limitMs: number;
}

/** How often is looked. */
const EVERY_MS = 10_000;

/** Waits until the box has been well for a while; resolves with undefined then, or with what was wrong last. */
export async function waitUntilWell({ look, now, sleep, steadyMs, limitMs }: GateRequest) {
  const began = now();
  let wellSince: number | undefined;
  let last: Trouble | undefined;
  while (now() - began < limitMs) {
    const trouble = await look();
    if (trouble) {
      last = trouble;
      wellSince = undefined;
    } else {
      wellSince ??= now();
      if (now() - wellSince >= steadyMs) return undefined;
    }
    await sleep(EVERY_MS);
  }
  // What was wrong long before and then no more is not why it is given up.
  if (last && wellSince === undefined) return last;
  const steadyS = Math.round(steadyMs / 1000);
  return { reason: `it was never well for ${steadyS} seconds`, fault: updateFault('unsteady') };
}
