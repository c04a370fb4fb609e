import { access } from 'node:fs/promises';
import type { AssetFiles } from '#catalog/findings';
import type { ClaimedJob } from '#catalog/jobs';
import { MediaProblem } from '#media/media-problem';
import { callDecoder } from './call-decoder.ts';
import type { IngestParts } from './parts.ts';

/**
 * The job `face-thumbnail`: cuts the faces that stand for somebody out of an asset's preview. Without a preview
 * there is nothing to cut from: who asks for the picture later asks for this work again.
 */
export async function cropFaces(parts: IngestParts, job: ClaimedJob, asset: AssetFiles): Promise<void> {
  const { layout, faces, log } = parts;
  const previewPath = layout.derivedFile(asset.id, 'preview.jpg');
  const covers = (await isThere(previewPath)) ? faces.listCovers(asset.id) : [];
  for (const face of covers) {
    const outPath = layout.derivedFile(asset.id, `face-${face.id}.jpg`);
    if (await isThere(outPath)) continue;
    const box = {
      left: face.x1 / face.imageWidthPx,
      top: face.y1 / face.imageHeightPx,
      right: face.x2 / face.imageWidthPx,
      bottom: face.y2 / face.imageHeightPx,
    };
    try {
      await callDecoder(job, (options) => parts.decoder.faceCrop({ previewPath, box, outPath }, options));
    } catch (error) {
      if (!(error instanceof MediaProblem)) throw error;
      log.info({ assetId: asset.id, code: error.code, err: error.cause }, 'no picture of a face possible');
      continue;
    }
    parts.tell({ type: 'person-shown', ownerId: asset.ownerId, personId: face.personId! });
  }
  parts.transact(() => parts.jobs.finish({ id: job.id, worker: parts.worker }));
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
