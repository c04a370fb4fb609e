import type { QueueCounts } from '#contract/queues';

export type ScanState = 'quiet' | 'waiting' | 'scanning' | 'failed';

/**
 * How far looking through a library is. The box counts scans of all libraries together, so one that was never
 * looked through is the one that is being looked through, or waits for it.
 */
export function scanState(
  library: { refreshedAt: string | null },
  scans: QueueCounts | undefined,
): ScanState {
  if (!scans) return 'quiet';
  if (library.refreshedAt === null) {
    if (scans.active > 0) return 'scanning';
    return scans.failed > 0 ? 'failed' : 'waiting';
  }
  return scans.active > 0 ? 'scanning' : 'quiet';
}
