import { readSystemConfig } from '#contract/system-config-values';
import { deleteForGood } from './delete-assets.ts';
import type { GatewayParts } from './parts.ts';

const DAY_MS = 86_400_000;
/** Assets looked up at a time. */
const CHUNK = 500;
/** Nobody minds an hour after thirty days. */
const EVERY_MS = 3_600_000;

/** Removes for good what has been in anybody's trash for longer than the owner of the box allows. Returns how many. */
export async function expireTrash(parts: GatewayParts): Promise<number> {
  const { queries, now } = parts;
  const { days } = readSystemConfig(queries.settings.find('systemConfig')).trash;
  const before = now() - days * DAY_MS;
  let count = 0;
  for (const { id: ownerId } of queries.users.listAll()) {
    for (;;) {
      const ids = queries.trash.list({ ownerId, before, most: CHUNK });
      if (ids.length === 0) break;
      const done = await deleteForGood(parts, ownerId, ids, { onlyTrashed: true });
      // Somebody empties it right now.
      if (done === 0) break;
      count += done;
    }
  }
  return count;
}

/** Does so every hour, until closed. A round that fails, as with drives that can only be read, is tried again. */
export function openTrashExpiry(parts: GatewayParts): { close(): Promise<void> } {
  let round: Promise<void> | undefined;
  const run = async () => {
    try {
      const count = await expireTrash(parts);
      if (count > 0) parts.log.info({ count }, 'trash expired');
    } catch (error) {
      parts.log.error({ err: error }, 'trash not expired');
    } finally {
      round = undefined;
    }
  };
  const timer = setInterval(() => {
    round ??= run();
  }, EVERY_MS);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await round;
    },
  };
}
