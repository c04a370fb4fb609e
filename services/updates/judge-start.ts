import { type UpdateFault, updateFault } from '#contract/appliance-updates';
import type { Installed, Kept, SlotFailure, UpdateRecord } from './memory.ts';
import type { Running } from './running.ts';
import { compareVersions } from './version.ts';

/** What is known when the box has started. */
export interface StartFacts {
  running: Running;
  /** The update that was on its way; undefined: none. */
  record: UpdateRecord | undefined;
  kept: Kept | undefined;
  failure: SlotFailure | undefined;
}

/** What these facts mean. */
export type Judgement =
  /** Nothing is on its way. */
  | { kind: 'settled' }
  /** The box has not started anew since; the file is being written, or was when this process ended. */
  | { kind: 'installing'; record: UpdateRecord }
  | { kind: 'installed'; record: UpdateRecord }
  /** The new version runs, and the health gate looks whether it is to stay. */
  | { kind: 'trying'; from: string; to: string; id: string }
  | ({ kind: 'over' } & Ended);

/** How an update ended. */
export interface Ended {
  id: string;
  outcome: 'updated' | 'went_back' | 'not_finished';
  from: string;
  to: string;
  reason: UpdateFault | null;
}

const isSame = (a: Installed | undefined, b: Installed): boolean =>
  a !== undefined && a.version === b.version && a.slot === b.slot;

/** Tells from what was written before and what runs now how an update went. */
export function judgeStart({ running, record, kept, failure }: StartFacts): Judgement {
  if (!record) return judgeWithoutRecord(running, kept, failure);
  const { id, from, to } = record;
  const between = { id, from: from.version, to: to.version };
  if (isSame(running, to))
    return isSame(kept, running)
      ? { kind: 'over', ...between, outcome: 'updated', reason: null }
      : { kind: 'trying', ...between };
  if (running.bootId === record.bootId) return { kind: record.phase, record };
  const gaveUp = isSame(failure, to) ? failure?.fault : undefined;
  if (record.phase === 'installing' && !gaveUp)
    return {
      kind: 'over',
      ...between,
      outcome: 'not_finished',
      reason: updateFault('install_cut', { version: to.version }),
    };
  return {
    kind: 'over',
    ...between,
    outcome: 'went_back',
    reason: gaveUp ?? updateFault('never_started', { version: to.version }),
  };
}

/**
 * Without an update on its way another system than the one that was kept runs when the card has lost a block of that
 * one, or when somebody installed by hand.
 */
function judgeWithoutRecord(
  running: Running,
  kept: Kept | undefined,
  failure: SlotFailure | undefined,
): Judgement {
  if (!kept || isSame(kept, running)) return { kind: 'settled' };
  // The same whenever it is asked, until the gate keeps what runs.
  const id = `${kept.at}-${kept.slot}-${running.slot}`;
  if (compareVersions(running.version, kept.version) > 0)
    return { kind: 'trying', id, from: kept.version, to: running.version };
  if (running.version === kept.version) return { kind: 'settled' };
  const gaveUp = isSame(failure, kept) ? failure?.fault : undefined;
  return {
    kind: 'over',
    id,
    outcome: 'went_back',
    from: running.version,
    to: kept.version,
    reason: gaveUp ?? updateFault('slot_fell_back', { version: kept.version }),
  };
}
