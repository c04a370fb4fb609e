import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { monthFolder, safeFileName } from '#catalog/place-name';
import type { Arrival } from '#catalog/uploads';
import type { User } from '#catalog/users';
import { findMediaType, type MediaType } from '#contract/media-types';
import { Problem } from '#contract/problems';
import { sniffType } from '#media/sniff';
import { collectPassingBuffers } from '#runtime/collect-buffers';
import { type IncomingFile, openIncoming } from '#storage/incoming';
import { requireRoom } from '#storage/pool-space';
import type { GatewayParts } from '../parts.ts';
import { readChecksum } from './checksum.ts';
import { readMultipart } from './read-multipart.ts';
import { type Arriving, findStored, LeftToRecovery, settleUpload } from './settle-upload.ts';
import { emptyForm, readField, readFileName, setField, type UploadForm } from './upload-form.ts';

/** What a client is told: the asset's id, and whether it was new. */
export interface UploadAnswer {
  id: string;
  status: 'created' | 'duplicate';
}

/** A part of the form that is not the file: names, dates, notes and a sidecar. Larger and the quota is not guessed early. */
const FORM_BYTES = 1024 ** 2;
/** A sidecar of ours has 2 kB; editors write histories into theirs. */
const SIDECAR_BYTES = 16 * 1024 ** 2;
/** How often the free space is looked at while a file arrives. */
const ROOM_EVERY_BYTES = 32 * 1024 ** 2;
/** What is kept of a file's start to tell its type. */
const HEAD_BYTES = 4096;

interface Received {
  original: IncomingFile;
  sidecar: IncomingFile;
  originalName: string;
  head: Buffer;
  bytes: number;
}

/**
 * Receives one upload (contract §3.3): refuses what can be refused before the body is read, streams the file
 * to the drive while hashing it, and answers only when the file is flushed, in the catalog and in its place.
 * `keepOf` chooses what of the form counts. Whatever goes wrong, nothing half-written stays; throws a Problem with the words for the person.
 */
export async function receiveUpload(
  parts: GatewayParts,
  arriving: Arriving,
  user: User,
  request: IncomingMessage,
  beforeBody: () => void,
  keepOf: (form: UploadForm) => UploadForm = (form) => form,
): Promise<UploadAnswer> {
  const claimed = request.headers['x-immich-checksum'];
  const expected = typeof claimed === 'string' && claimed !== '' ? readChecksum(claimed) : undefined;
  if (typeof claimed === 'string' && claimed !== '' && expected === undefined)
    throw new Problem('checksum_malformed');
  const known = expected === undefined ? undefined : await findStored(parts, arriving, user.id, expected);
  if (known) {
    if (known.isTrashed && (await parts.writer.uploads.restore(known.id, parts.now())))
      parts.events.toUser(user.id, 'on_asset_restore', [known.id]);
    return { id: known.id, status: 'duplicate' };
  }
  const announcedBytes = Number(request.headers['content-length'] ?? 0);
  if (user.quotaBytes !== null && user.usedBytes + announcedBytes - FORM_BYTES > user.quotaBytes)
    throw new Problem('quota_exceeded');
  const { layout, config } = parts;
  await requireRoom(layout.poolDir, config.reservedBytes, announcedBytes);

  beforeBody();
  const id = randomUUID();
  const sent = emptyForm();
  const received: Partial<Received> = {};
  try {
    await readMultipart(request, async ({ name, fileName, stream }) => {
      if (name === 'assetData') {
        if (received.original) throw new Problem('upload_field', { field: name });
        received.originalName = fileName ?? '';
        received.original = await openIncoming(layout, id);
        await receiveFile(parts, stream, received as Received);
      } else if (name === 'sidecarData') {
        if (received.sidecar) throw new Problem('upload_field', { field: name });
        received.sidecar = await openIncoming(layout, id, 'sidecar');
        await receiveSidecar(stream, received.sidecar);
      } else {
        setField(sent, name, await readField(name, stream));
      }
    });
    if (!received.original) throw new Problem('upload_no_file');
    const form = keepOf(sent);
    const originalName = readFileName(form.fileName ?? received.originalName!);
    const type = typeOf(originalName, received.head!);
    if (received.bytes === 0) throw new Problem('upload_empty', { name: originalName });
    const { bytes, checksum } = await received.original.finish();
    if (expected !== undefined && expected !== checksum) throw new Problem('checksum_mismatch');
    await received.sidecar?.finish();
    const now = parts.now();
    const fileCreatedAt = form.fileCreatedAt ?? form.fileModifiedAt ?? now;
    const arrival: Arrival = {
      ...form,
      id,
      ownerId: user.id,
      checksum,
      bytes,
      originalName,
      folder: `library/${user.folder}/${monthFolder(fileCreatedAt)}`,
      fileName: safeFileName(originalName),
      poolDir: layout.poolDir,
      type: type.kind === 'video' ? 'VIDEO' : 'IMAGE',
      mimeType: type.mimeType,
      fileCreatedAt,
      fileModifiedAt: form.fileModifiedAt ?? fileCreatedAt,
      hasSidecar: received.sidecar !== undefined,
      now,
    };
    const settlement = await settleUpload(parts, arriving, arrival);
    await discard(received);
    if (settlement.status === 'created') {
      parts.wakeIngest();
      if (settlement.hiddenVideoId) parts.events.toUser(user.id, 'on_asset_hidden', settlement.hiddenVideoId);
      return { id, status: 'created' };
    }
    if (settlement.wasTrashed) parts.events.toUser(user.id, 'on_asset_restore', [settlement.id]);
    return { id: settlement.id, status: 'duplicate' };
  } catch (error) {
    if (error instanceof LeftToRecovery) throw error.cause;
    await discard(received);
    throw error;
  }
}

async function receiveFile(parts: GatewayParts, stream: Readable, received: Received): Promise<void> {
  const { layout, config } = parts;
  received.bytes = 0;
  received.head = Buffer.alloc(0);
  let checkAt = ROOM_EVERY_BYTES;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (received.head.length < HEAD_BYTES)
      received.head = Buffer.concat([received.head, chunk.subarray(0, HEAD_BYTES - received.head.length)]);
    received.bytes += chunk.length;
    if (received.bytes >= checkAt) {
      checkAt += ROOM_EVERY_BYTES;
      await requireRoom(layout.poolDir, config.reservedBytes, 0);
    }
    await received.original.write(chunk);
    collectPassingBuffers(chunk.length);
  }
}

async function receiveSidecar(stream: Readable, sidecar: IncomingFile): Promise<void> {
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > SIDECAR_BYTES) throw new Problem('upload_field', { field: 'sidecarData' });
    await sidecar.write(chunk);
  }
}

/** By the name; a name that says nothing is settled by the content. Throws `upload_type`. */
function typeOf(originalName: string, head: Buffer): Pick<MediaType, 'kind' | 'mimeType'> {
  const named = findMediaType(originalName);
  if (named && named.kind !== 'sidecar') return named;
  const hasExtension = /[^./\\]\.[a-z0-9]{1,10}$/i.test(originalName);
  const sniffed = hasExtension ? undefined : sniffType(head);
  if (!sniffed) throw new Problem('upload_type', { name: originalName });
  return sniffed;
}

/** Removes the incoming names of what was received. */
async function discard({ original, sidecar }: Partial<Received>): Promise<void> {
  await original?.discard();
  await sidecar?.discard();
}
