import { rm } from 'node:fs/promises';
import type { AssetFiles } from '#catalog/findings';
import type { ClaimedJob } from '#catalog/jobs';
import { MediaProblem, writeNote } from '#media/media-problem';
import { type Rendition, renditionBytes } from '#media/rendition';
import { callDecoder } from './call-decoder.ts';
import type { Decoder } from './decoder-pool.ts';
import type { IngestParts } from './parts.ts';

/** A video at which the box was interrupted this often is left alone until somebody asks for it again. */
const MOST_ATTEMPTS = 8;
/** When the drive is looked at again that had no room for a small version. */
const NO_ROOM_MS = 3600_000;

/** What making renditions needs besides what all jobs do. */
export interface RenditionParts extends IngestParts {
  /** A decoder of its own, so that no photo ever waits for a video. */
  renderer: Pick<Decoder, 'rendition'>;
  /** Whether this many more bytes may be written. */
  hasRoomFor(bytes: number): boolean;
}

/**
 * The job `rendition`: looks at how a video plays, and makes its small version unless it needs none. A video that
 * cannot be made small gets words about why and the job is done; only a failing drive makes the job fail.
 */
export async function makeRendition(
  parts: RenditionParts,
  job: ClaimedJob,
  asset: AssetFiles,
): Promise<void> {
  const { layout, jobs, worker, renditions } = parts;
  if (asset.type !== 'VIDEO') {
    parts.transact(() => jobs.finish({ id: job.id, worker }));
    return;
  }
  if (!parts.hasRoomFor(renditionBytes((asset.durationMs ?? 0) / 1000))) {
    const dueAt = parts.now() + NO_ROOM_MS;
    parts.transact(() => {
      jobs.fail({ id: job.id, worker, error: 'no room for a small version', dueAt });
      // It waits, and has not failed.
      jobs.enqueue({ kind: 'rendition', assetId: asset.id, now: parts.now(), dueAt });
    });
    return;
  }
  const outPath = layout.derivedFile(asset.id, 'rendition.mp4');
  const made = await render(parts, job, asset, outPath);
  if (made.problem)
    parts.log.info({ assetId: asset.id, code: made.problem.code }, 'no small version of a video possible');
  const isThere = parts.transact(() => {
    jobs.finish({ id: job.id, worker });
    return renditions.record({
      assetId: asset.id,
      originalBytes: asset.originalBytes,
      plays: made.plays,
      bytes: made.bytes,
      problemCode: made.problem?.code ?? null,
      problemMessage: made.problem?.words ?? null,
      now: parts.now(),
    });
  });
  // Deleted while it was made: its folder may have been removed before the file came into it.
  if (!isThere) await rm(layout.resolve(layout.derivedPath(asset.id)), { recursive: true, force: true });
  // Of one that was made of other content, nothing stays.
  else if (made.bytes === null) await rm(outPath, { force: true });
}

async function render(
  parts: RenditionParts,
  job: ClaimedJob,
  asset: AssetFiles,
  outPath: string,
): Promise<Rendition> {
  if (job.attempts > MOST_ATTEMPTS) return { plays: null, bytes: null, problem: writeNote('too_costly') };
  try {
    const originalPath = parts.layout.original(asset.path);
    return await callDecoder(job, (options) => parts.renderer.rendition({ originalPath, outPath }, options));
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    return { plays: null, bytes: null, problem: { code: error.code, words: error.words } };
  }
}
