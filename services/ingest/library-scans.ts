import type { LeasedScan, LibraryScans } from '#catalog/library-scans';
import type { trashChanges } from '#catalog/trash';
import type { Logger } from '#runtime/log';
import type { PoolLayout } from '#storage/layout';

/** How often it is looked whether drives came or went, when nobody asks for a scan. */
const LOOK_MS = 60_000;
/** Renewed twice in this time; a worker that dies is replaced after it. */
const LEASE_MS = 60_000;

export interface ScanParts {
  /** Its name in leases. */
  worker: string;
  layout: PoolLayout;
  /** Folders below which may be read. */
  externalDirs: readonly string[];
  scans: LibraryScans;
  trash: Pick<ReturnType<typeof trashChanges>, 'deleteForGood'>;
  transact<Result>(work: () => Result): Result;
  log: Logger;
  now: () => number;
  isPaused(): boolean;
  /** Whether libraries are read again once a day. */
  isDaily(): boolean;
  /** There is work for the other jobs. */
  wakeJobs(): void;
}

export interface LibraryScanner {
  /** Something may be due. */
  wake(): void;
  /** Resolves when the round that runs, or one that is due, has ended. */
  finished(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Watches over external libraries: notes drives that come and go, carries out scans one after the other, and
 * removes what belonged to deleted libraries. What does the work is loaded when there is a library.
 */
export function openLibraryScans(parts: ScanParts): LibraryScanner {
  const { scans, transact, log } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  let round: Promise<void> | undefined;
  let isAskedAgain = false;
  // Nobody else scans this pool: every lease is a dead one's.
  transact(() => scans.release(null));

  const run = async () => {
    try {
      do {
        isAskedAgain = false;
        if (!scans.hasLibraries()) break;
        removeDeleted(parts, signal);
        const { checkFolder } = await import('./check-folder.ts');
        for (const folder of scans.listFolders()) await checkFolder(parts, folder);
        if (parts.isDaily()) transact(() => scans.askDaily(parts.now()));
        while (!signal.aborted && !parts.isPaused()) {
          const { worker, now } = parts;
          const scan = transact(() => scans.claim({ worker, now: now(), leaseMs: LEASE_MS }));
          if (!scan) break;
          await runScan(parts, scan, signal);
        }
      } while (isAskedAgain && !signal.aborted);
    } catch (error) {
      log.error({ err: error }, 'external libraries could not be looked after');
    }
  };
  const wake = () => {
    if (signal.aborted) return;
    isAskedAgain = true;
    round ??= run().finally(() => {
      round = undefined;
      // Asked for since the last look.
      if (isAskedAgain) wake();
    });
  };
  const timer = setInterval(wake, LOOK_MS);
  timer.unref();
  wake();
  return {
    wake,
    async finished() {
      wake();
      while (round) await round;
    },
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await round;
      transact(() => scans.release(parts.worker));
    },
  };
}

async function runScan(parts: ScanParts, scan: LeasedScan, signal: AbortSignal): Promise<void> {
  const { scans, transact, log, now, worker } = parts;
  const { libraryId } = scan;
  const ending = new AbortController();
  const renewing = setInterval(() => {
    // The library was deleted, or somebody else has the scan.
    if (!transact(() => scans.renew({ libraryId, worker, until: now() + LEASE_MS }))) ending.abort();
  }, LEASE_MS / 2);
  renewing.unref();
  try {
    const { scanLibrary } = await import('./scan-library.ts');
    const { isWhole, isStopped } = await scanLibrary(parts, scan, AbortSignal.any([signal, ending.signal]));
    if (isStopped) return;
    transact(() => scans.finish({ libraryId, now: now(), isWhole }));
    log.info({ libraryId, isWhole }, 'external library scanned');
  } catch (error) {
    const { ScanEnded } = await import('./scan-library.ts');
    if (error instanceof ScanEnded) return;
    const { retryDelayMs } = await import('#jobs/worker');
    log.error({ err: error, libraryId }, 'external library not scanned');
    const words = error instanceof Error ? error.message : String(error);
    const dueAt = now() + retryDelayMs(scan.attempts);
    transact(() => scans.fail({ libraryId, error: words.slice(0, 2000), dueAt }));
  } finally {
    clearInterval(renewing);
  }
}

/** What was shown of a deleted library goes, with everything made of it; the files themselves stay where they are. */
function removeDeleted({ scans, trash, layout, transact, log, now }: ScanParts, signal: AbortSignal): void {
  const deletion = (id: string) => ({ id, derivedPath: layout.derivedPath(id) });
  for (let doomed = scans.listDoomed(); doomed && !signal.aborted; doomed = scans.listDoomed()) {
    const { libraryId, ids, motionParts } = doomed;
    transact(() => {
      if (ids.length === 0) return scans.removeLibrary(libraryId);
      trash.deleteForGood({
        assets: ids.map(deletion),
        motionParts: motionParts.map(deletion),
        onlyTrashed: false,
        now: now(),
      });
    });
    if (ids.length === 0) log.info({ libraryId }, 'external library removed');
  }
}
