import type { IncomingMessage } from 'node:http';
import { Problem } from '#contract/problems';
import { announceAlbums } from './asset-events.ts';
import type { Caller } from './caller.ts';
import type { GatewayParts } from './parts.ts';
import { emptyForm, type UploadForm } from './upload/upload-form.ts';

type Guest = Caller & { kind: 'share' };

/**
 * Refuses guests whose link takes no photos. A guest has to send a photo to show that they have it: a checksum
 * alone would tell them what is in the library, and open it to whoever knows the checksum.
 */
export function prepareGuestUpload({ link }: Guest, request: IncomingMessage): void {
  if (link.allowUpload !== 1) throw new Problem('share_upload_refused');
  delete request.headers['x-immich-checksum'];
}

/** What a guest says about a file beyond its name and dates is the owner's to say: also which video belongs to it. */
export const guestForm = ({
  fileName,
  fileCreatedAt,
  fileModifiedAt,
  durationMs,
}: UploadForm): UploadForm => ({
  ...emptyForm(),
  fileName,
  fileCreatedAt,
  fileModifiedAt,
  durationMs,
});

/**
 * Shows what a guest sent where they sent it: in the link's album, or through the link. Bytes that the owner had
 * already, in the locked folder or as part of a live photo, stay where they are.
 */
export async function keepGuestUpload(parts: GatewayParts, { link }: Guest, assetId: string): Promise<void> {
  const { queries, writer, now } = parts;
  if (!queries.access.listShown([assetId]).has(assetId)) return;
  if (link.albumId === null) {
    await writer.sharedLinks.addAssets(link.id, [assetId]);
    return;
  }
  const added = await writer.albums.addAssets({
    albumId: link.albumId,
    assetIds: [assetId],
    userId: link.userId,
    now: now(),
  });
  if (added.some(({ success }) => success)) announceAlbums(parts, [link.albumId]);
}
