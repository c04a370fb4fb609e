import type { AssetFiles } from '#catalog/findings';
import { ORIGINAL_PROBLEMS, type OriginalProblemCode } from '#contract/asset-problems';
import type { IngestParts } from './parts.ts';
import { checksumOnDrive } from './verify-original.ts';
import { warnOfOriginal } from './warn-admins.ts';

/** An original is re-read about monthly (architecture: the life of a photo). */
const VERIFY_EVERY_MS = 30 * 24 * 3600_000;
/** After a read that failed: soon enough to see whether the drive is back, rare enough not to wear it. */
const RETRY_MS = 6 * 3600_000;

/** What a photo's page says when its original is not what it should be. */
export interface OriginalProblem {
  code: OriginalProblemCode;
  message: string;
}
const describe = (code: OriginalProblemCode): OriginalProblem => ({ code, message: ORIGINAL_PROBLEMS[code] });
export const ORIGINAL_MISSING = describe('original_missing');

/**
 * Re-reads originals that are due, one after the other, until none is due or `isBusy` says that somebody
 * waits for the box. A difference is written where the owner sees it; the file itself is left as it is.
 */
export async function verifyOriginals(
  parts: IngestParts,
  { signal, isBusy }: { signal: AbortSignal; isBusy: () => boolean },
): Promise<number> {
  let verified = 0;
  while (!signal.aborted && !isBusy()) {
    const asset = parts.findings.findDueForVerify(parts.now());
    if (!asset) break;
    await verifyOne(parts, asset, signal);
    verified++;
  }
  return verified;
}

async function verifyOne(parts: IngestParts, asset: AssetFiles, signal: AbortSignal): Promise<void> {
  const { layout, log } = parts;
  const assetId = asset.id;
  const fail = (problem: OriginalProblem) => {
    const ids = parts.transact(() => {
      parts.findings.recordProblem({ assetId, ...problem, now: parts.now() });
      parts.findings.postponeVerify({ assetId, dueAt: parts.now() + RETRY_MS });
      return warnOfOriginal(parts, assetId, problem);
    });
    if (ids.length > 0) parts.tell({ type: 'notified', ids });
  };
  let checksum: string;
  try {
    checksum = await checksumOnDrive(layout.resolve(asset.path), signal);
  } catch (error) {
    if (signal.aborted) return;
    log.error({ err: error, assetId }, 'original could not be re-read');
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    fail(isGone ? ORIGINAL_MISSING : describe('original_unreadable'));
    return;
  }
  if (checksum !== asset.checksum) {
    log.error({ assetId }, 'original differs from what was uploaded');
    fail(describe('original_damaged'));
    return;
  }
  parts.transact(() =>
    parts.findings.recordVerified({ assetId, now: parts.now(), dueAt: parts.now() + VERIFY_EVERY_MS }),
  );
}
