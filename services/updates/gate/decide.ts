import type { Logger } from '#runtime/log';
import type { Memory } from '../memory.ts';
import type { PoolIdentity } from '../pool-identity.ts';
import type { Rauc } from '../rauc.ts';
import type { Running } from '../running.ts';
import { newerOf } from '../version.ts';
import type { Trouble } from './hold.ts';

export interface DecideParts {
  running: Running;
  memory: Memory;
  rauc: Rauc;
  /** What is mounted now. */
  pool: PoolIdentity | null;
  /** Unix milliseconds. */
  now: () => number;
  /** Has the box start again; the boot loader counts that as a try. */
  restart: () => Promise<void>;
  log: Logger;
}

/**
 * Keeps the slot that runs, or gives it up. Kept: it is marked, remembered, and nothing older is installed from then
 * on. Given up: the reason is on the state partition before the restart is asked for. A system that was kept before is
 * never given up, nor is one that has no other beside it: what is wrong then, such as a drive that died, came
 * without an update, and an older system would not mend it.
 */
export async function decide(parts: DecideParts, trouble: Trouble | undefined): Promise<void> {
  const { running, memory, rauc, log } = parts;
  const { version, slot } = running;
  const kept = await memory.read('updates/kept.v1.json');
  const wasKept = kept?.version === version && kept.slot === slot;
  if (!trouble) {
    // First the boot loader: were the power to go in between, the next start marks and remembers again.
    await rauc.markGood();
    const minimum = await memory.read('updates/minimum.v1.json');
    const newest = newerOf(minimum?.version, version);
    if (newest !== minimum?.version) await memory.write('updates/minimum.v1.json', { version: newest });
    // As it is at every start: a card is not written to for nothing.
    const isSamePool = JSON.stringify(kept?.pool ?? null) === JSON.stringify(parts.pool);
    if (!wasKept || !isSamePool) {
      const at = wasKept ? kept.at : parts.now();
      await memory.write('updates/kept.v1.json', { version, slot, at, pool: parts.pool });
    }
    log.info({ slot, version }, `slot ${slot} is good`);
    return;
  }
  log.error({ slot, version, reason: trouble.reason }, `slot ${slot} is not good`);
  if (wasKept) {
    // Its tries are given back, so that starting it three times does not bring the older one.
    await rauc.markGood();
    return;
  }
  const other = (await rauc.readSlots()).find(({ isRunning }) => !isRunning);
  if (!other?.isGood) return;
  const { reason, fault } = trouble;
  // The state partition may be what is wrong; going back is more important than saying why.
  await memory
    .write('slot-failure.json', { slot, reason, version, fault })
    .catch((error: unknown) => log.error({ err: error }, 'reason not written'));
  await parts.restart();
}
