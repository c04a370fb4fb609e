import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { editedFiles } from '#catalog/edits';
import type { AssetFiles } from '#catalog/findings';
import type { ClaimedJob } from '#catalog/jobs';
import type { EditStep } from '#contract/edits';
import { MediaProblem } from '#media/media-problem';
import { callDecoder } from './call-decoder.ts';
import type { IngestParts } from './parts.ts';

/**
 * The job `edit`: makes the edited picture of an asset in files of its own. When its edits change meanwhile, what
 * was made is thrown away and the job runs again; without edits there is nothing to do. A file that cannot be
 * edited keeps its plain picture and gets words about what is wrong.
 */
export async function editAsset(parts: IngestParts, job: ClaimedJob, asset: AssetFiles): Promise<void> {
  const { layout, edits, jobs, worker } = parts;
  const finish = () => jobs.finish({ id: job.id, worker });
  const steps = edits.listSteps(asset.id);
  const list = JSON.parse(steps) as (EditStep & { id: string })[];
  const editable = edits.findEditable(asset.id);
  if (list.length === 0 || !editable?.plainWidthPx || !editable.plainHeightPx) {
    parts.transact(finish);
    return;
  }
  const version = randomUUID().slice(0, 8);
  const names = editedFiles(version);
  const derivedPath = layout.derivedPath(asset.id);
  const { plainWidthPx, plainHeightPx } = editable;
  const discard = () =>
    Promise.all(Object.values(names).map((name) => rm(layout.derivedFile(asset.id, name), { force: true })));
  try {
    const made = await callDecoder(job, (options) =>
      parts.decoder.edited(
        {
          originalPath: layout.original(asset.path),
          mimeType: asset.mimeType,
          outDir: layout.resolve(derivedPath),
          edits: list.map(({ id: _, ...step }) => step as EditStep),
          displayedWidthPx: plainWidthPx,
          displayedHeightPx: plainHeightPx,
          takenAt: exifDate(edits.findLocalAt(asset.id) ?? asset.fileCreatedAt),
          names,
        },
        options,
      ),
    );
    const isCurrent = parts.transact(() => {
      const now = parts.now();
      const isCurrent = edits.recordPicture({ ...made, assetId: asset.id, version, steps, derivedPath, now });
      if (isCurrent) finish();
      else jobs.fail({ id: job.id, worker, error: 'edited meanwhile', dueAt: now });
      return isCurrent;
    });
    if (isCurrent) parts.tell({ type: 'asset-edited', assetId: asset.id });
    else await discard();
  } catch (error) {
    await discard();
    if (!(error instanceof MediaProblem)) throw error;
    parts.log.info({ assetId: asset.id, code: error.code, err: error.cause }, 'no edited picture possible');
    parts.transact(() => {
      const { code, words } = error;
      parts.findings.recordProblem({ assetId: asset.id, code, message: words, now: parts.now() });
      finish();
    });
  }
}

/** A wall clock written as if it were UTC, as EXIF writes it: `2024:05:01 10:20:30`. */
const exifDate = (localAt: number): string =>
  new Date(localAt).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ');
