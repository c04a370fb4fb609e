import type { IngestParts } from './parts.ts';

/** How often memories are looked after: photos that arrive during the day join them, and a new day begins in time. */
const EVERY_MS = 3600_000;

/** Makes and drops memories, at most once in that time; also when the clock was set back. */
export function rememberDays(parts: Pick<IngestParts, 'memories' | 'transact' | 'now'>): () => void {
  let lastAt: number | undefined;
  return () => {
    const now = parts.now();
    if (lastAt !== undefined && now >= lastAt && now < lastAt + EVERY_MS) return;
    parts.transact(() => parts.memories.makeMemories(now));
    lastAt = now;
  };
}
