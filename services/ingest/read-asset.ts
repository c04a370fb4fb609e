import { randomUUID } from 'node:crypto';
import type { AssetFiles, MetadataFinding } from '#catalog/findings';
import type { ClaimedJob } from '#catalog/jobs';
import type { MediaNote } from '#media/media-problem';
import { MediaProblem } from '#media/media-problem';
import type { FileMetadata } from '#media/read-metadata';
import { findExternalFile, isReallyThere } from '#storage/external';
import { callDecoder } from './call-decoder.ts';
import { extractVideo } from './extract-video.ts';
import type { IngestParts } from './parts.ts';

/**
 * The job `metadata`: reads what a file and its sidecar say into the catalog, names the place, pairs live and
 * motion photos, and asks for the preview. A file that cannot be read keeps the dates of its upload and gets
 * words about what is wrong; only a failing drive makes the job fail.
 */
export async function readAsset(parts: IngestParts, job: ClaimedJob, asset: AssetFiles): Promise<void> {
  const { layout } = parts;
  let metadata: FileMetadata | undefined;
  let note: MediaNote | undefined;
  const sidecarPath = await findSidecar(parts, asset);
  try {
    metadata = await callDecoder(job, (options) =>
      parts.decoder.metadata(
        {
          path: layout.original(asset.path),
          fileName: asset.originalName,
          fileCreatedAtMs: asset.fileCreatedAt,
          fileModifiedAtMs: asset.fileModifiedAt,
          ...(sidecarPath !== undefined && { sidecarPath }),
        },
        options,
      ),
    );
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    note = error;
  }
  // A still that holds a video: copied out before the catalog speaks of it.
  const motion =
    metadata?.motionVideo && asset.liveVideoId === null && asset.isExtracted === 0
      ? await extractVideo(layout, randomUUID(), layout.original(asset.path), metadata.motionVideo)
      : undefined;

  const now = parts.now();
  const { hiddenVideoId, linkedVideoId, isStacked } = parts.transact(() => {
    const linkedVideoId = motion ? parts.findings.linkMotionVideo(asset.id, motion.video, now) : null;
    const finding = metadata ? describe(parts, asset, metadata, now) : undescribed(asset, note!, now);
    const hiddenVideoId = parts.findings.recordMetadata(finding);
    const isStacked = asset.isExtracted === 0 && settle(parts, asset, finding.keywords, now);
    parts.jobs.finish({ id: job.id, worker: parts.worker });
    return { hiddenVideoId, linkedVideoId, isStacked };
  });
  // The user had this video already, or the photo is gone: the copy is not needed.
  if (motion && linkedVideoId !== motion.video.id) await motion.discard();
  if (hiddenVideoId !== null) parts.tell({ type: 'asset-hidden', assetId: hiddenVideoId });
  if (isStacked) parts.tell({ type: 'stacked', ownerId: asset.ownerId });
}

/** Absolute. What lies beside an external file counts until there is a sidecar of ours, which then has it too. */
async function findSidecar({ layout }: IngestParts, asset: AssetFiles): Promise<string | undefined> {
  if (asset.sidecarPath !== null) return layout.resolve(asset.sidecarPath);
  const external = findExternalFile(asset.path);
  return external !== undefined && (await isReallyThere(`${external}.xmp`)) ? `${external}.xmp` : undefined;
}

/** New keywords become tags, and a photo read for the first time finds the others of its shot. True when stacked. */
function settle(parts: IngestParts, asset: AssetFiles, keywords: string | null, now: number): boolean {
  const { id, ownerId } = asset;
  parts.tags.addKeywords({ assetId: id, ownerId, before: asset.keywords, after: keywords, now });
  return asset.isRead === 0 && parts.stacks.stackArrival(id, now);
}

function describe(parts: IngestParts, asset: AssetFiles, found: FileMetadata, now: number): MetadataFinding {
  // Names follow from the coordinates that count: the owner's, where he has set them.
  const { latitude, longitude } = asset.isLocationSet ? asset : found;
  const place =
    latitude !== null && longitude !== null ? parts.gazetteer?.findPlace(latitude, longitude) : undefined;
  const warning = found.warnings[0];
  return {
    assetId: asset.id,
    now,
    type: found.kind === 'video' ? 'VIDEO' : 'IMAGE',
    mimeType: found.mimeType,
    capturedAt: found.capturedAtMs,
    localAt: found.localAtMs,
    timeZone: found.timeZone,
    captureReason: found.captureReason,
    modifiedAt: found.modifyDateMs,
    widthPx: found.widthPx,
    heightPx: found.heightPx,
    storedWidthPx: found.storedWidthPx,
    storedHeightPx: found.storedHeightPx,
    orientation: found.orientation,
    durationMs: found.durationMs,
    fps: found.fps,
    make: found.make,
    model: found.model,
    lensModel: found.lensModel,
    fNumber: found.fNumber,
    focalLengthMm: found.focalLengthMm,
    iso: found.iso,
    exposureTime: found.exposureTime,
    profileDescription: found.profileDescription,
    projectionType: found.projectionType,
    description: found.description ?? '',
    rating: found.rating,
    keywords: found.tags.length === 0 ? null : JSON.stringify(found.tags),
    latitude,
    longitude,
    city: place?.city ?? null,
    state: place?.state ?? null,
    country: place?.country ?? null,
    contentId: found.contentIdentifier,
    burstId: found.burstId,
    problemCode: warning === undefined ? null : 'metadata_unreadable',
    problemMessage: warning ?? null,
  };
}

/** What is known of a file that nothing could read: what its uploader said. */
function undescribed(asset: AssetFiles, note: MediaNote, now: number): MetadataFinding {
  return {
    assetId: asset.id,
    now,
    type: asset.type === 'VIDEO' ? 'VIDEO' : 'IMAGE',
    mimeType: asset.mimeType,
    capturedAt: asset.fileCreatedAt,
    localAt: asset.fileCreatedAt,
    timeZone: null,
    captureReason: 'upload',
    modifiedAt: null,
    widthPx: null,
    heightPx: null,
    storedWidthPx: null,
    storedHeightPx: null,
    orientation: null,
    durationMs: asset.durationMs,
    fps: null,
    make: null,
    model: null,
    lensModel: null,
    fNumber: null,
    focalLengthMm: null,
    iso: null,
    exposureTime: null,
    profileDescription: null,
    projectionType: null,
    description: '',
    rating: null,
    // Words that were read before are no news when they can be read again.
    keywords: asset.keywords,
    latitude: null,
    longitude: null,
    city: null,
    state: null,
    country: null,
    contentId: null,
    burstId: null,
    problemCode: note.code,
    problemMessage: note.words,
  };
}
