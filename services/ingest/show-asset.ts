import type { AssetFiles } from '#catalog/findings';
import type { ClaimedJob } from '#catalog/jobs';
import { MediaProblem } from '#media/media-problem';
import { callDecoder } from './call-decoder.ts';
import type { IngestParts } from './parts.ts';

/**
 * The job `preview`: makes preview, thumbnail and thumbhash. A file that cannot be shown gets words about
 * what is wrong and the job is done; only a failing drive makes the job fail.
 */
export async function showAsset(parts: IngestParts, job: ClaimedJob, asset: AssetFiles): Promise<void> {
  const { layout } = parts;
  const finish = () => parts.jobs.finish({ id: job.id, worker: parts.worker });
  try {
    const made = await callDecoder(job, (options) =>
      parts.decoder.previews(
        {
          originalPath: layout.original(asset.path),
          mimeType: asset.mimeType,
          outDir: layout.resolve(layout.derivedPath(asset.id)),
        },
        options,
      ),
    );
    parts.transact(() => {
      parts.findings.recordPreviews({
        assetId: asset.id,
        now: parts.now(),
        thumbhash: made.thumbhash,
        widthPx: made.widthPx,
        heightPx: made.heightPx,
        previewBytes: made.previewBytes,
        thumbnailBytes: made.thumbnailBytes,
        problemCode: made.note?.code ?? null,
        problemMessage: made.note?.words ?? null,
      });
      parts.renditions.want({ assetId: asset.id, now: parts.now() });
      finish();
    });
    parts.tell({ type: 'asset-ready', assetId: asset.id, isNew: asset.thumbhash === null });
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    parts.log.info({ assetId: asset.id, code: error.code, err: error.cause }, 'no preview possible');
    parts.transact(() => {
      parts.findings.recordProblem({
        assetId: asset.id,
        code: error.code,
        message: error.words,
        now: parts.now(),
      });
      finish();
    });
    parts.tell({ type: 'asset-ready', assetId: asset.id, isNew: false });
  }
}
