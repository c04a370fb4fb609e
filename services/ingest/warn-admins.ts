import { randomUUID } from 'node:crypto';
import type { ClaimedJob } from '#catalog/jobs';
import type { IngestParts } from './parts.ts';

/** By this attempt a job has been failing for some 18 hours (see retryDelayMs); it is tried on, but somebody should look. */
const HOPELESS_ATTEMPT = 24;

/** Tells administrators, once, of work that fails again and again. */
export function warnOfJob(parts: IngestParts, job: ClaimedJob): void {
  if (job.attempts !== HOPELESS_ATTEMPT) return;
  const ids = parts.transact(() =>
    parts.notifications.tellAdmins(
      {
        type: 'JobFailed',
        level: 'error',
        title: 'Some photos could not be prepared',
        description:
          'The box has tried for most of a day and goes on trying. Look at the jobs page and at the drives page.',
        data: { assetId: job.assetId, kind: job.kind },
        about: `job.${job.kind}`,
        now: parts.now(),
      },
      randomUUID,
    ),
  );
  if (ids.length > 0) parts.tell({ type: 'notified', ids });
}

/**
 * Notes for administrators that an original is not what it should be, once for each kind of fault until they have
 * read it. Runs inside a transaction; returns the ids of new notifications.
 */
export const warnOfOriginal = (
  parts: IngestParts,
  assetId: string,
  fault: { code: string; message: string },
): string[] =>
  parts.notifications.tellAdmins(
    {
      type: 'SystemMessage',
      level: 'error',
      title: 'A photo on the drives needs attention',
      description: fault.message,
      data: { assetId, code: fault.code },
      about: fault.code,
      now: parts.now(),
    },
    randomUUID,
  );
