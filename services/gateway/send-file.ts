import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Transform } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findMediaType, listExtensions } from '#contract/media-types';
import { Problem } from '#contract/problems';
import { openExternal } from '#storage/external';
import { type ByteRange, readRange } from './byte-range.ts';

export interface FileToSend {
  /** Absolute. */
  path: string;
  /** What a browser calls it when it is saved. */
  fileName: string;
  mimeType: string;
  /** Bytes it must have; another size counts as missing. Absent: any. */
  expectedBytes?: number;
  /** What stands for exactly these bytes. Absent: made of size and time of change. */
  etag?: string;
  /** Whoever gets it keeps nothing of it. Default: false. */
  isSecret?: boolean;
  /** How long clients keep it. Default: as media. */
  cacheControl?: string;
  /** It lies in an external folder: not sent when a link leads there. Default: false. */
  isExternal?: boolean;
  /** Overwrites in place what is not to be sent; `position` is where the bytes stand in the file. */
  mask?: (bytes: Buffer, position: number) => void;
}

/** Media may be kept by the client that asked (contract §3.4.2); a changed one gets another address. */
const CACHE_CONTROL =
  'private, max-age=86400, no-transform, stale-while-revalidate=2592000, stale-if-error=2592000';

/** What is this small is read at once: a tile then costs one read and no stream. */
const WHOLE_BYTES = 256 * 1024;

/** Read ahead of the network by this much for each download that runs. */
const CHUNK_BYTES = 256 * 1024;

/** Types that we name to browsers; what is not on this list is only bytes. */
const MEDIA_TYPES: ReadonlySet<string> = new Set(
  [...listExtensions('image'), ...listExtensions('video')].map(
    (extension) => findMediaType(`file${extension}`)!.mimeType,
  ),
);

/** What could hold script gets a page of its own without any rights. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Answers with a file, or the part of it that was asked for: ranges, `If-Range`, `If-None-Match` and
 * `If-Modified-Since`, and HEAD without reading it. Returns false, with nothing sent, when the file is not
 * there or has another size than expected.
 *
 * The file is opened before anything is answered and sent from that handle, so a file that cannot be read is
 * an answer in words and never half a photo; a client that goes away closes it.
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: FileToSend,
): Promise<boolean> {
  const handle = await openFile(file);
  if (!handle) return false;
  let isHandedOver = false;
  try {
    const stats = await handle.stat();
    const { size, mtimeMs } = stats;
    // A folder or a pipe in its place is no file.
    if (!stats.isFile()) return false;
    if (file.expectedBytes !== undefined && size !== file.expectedBytes) return false;
    const etag = `"${file.etag ?? `${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`}"`;
    const modifiedMs = Math.floor(mtimeMs / 1000) * 1000;
    const isMedia = MEDIA_TYPES.has(file.mimeType);
    reply.headers({
      'cache-control': file.isSecret ? 'no-store' : (file.cacheControl ?? CACHE_CONTROL),
      etag,
      'last-modified': new Date(modifiedMs).toUTCString(),
    });
    if (isNotModified(request, etag, modifiedMs)) {
      await reply.code(304).send();
      return true;
    }
    reply.headers({
      'accept-ranges': 'bytes',
      'content-disposition': `inline; filename*=UTF-8''${encodeFileName(file.fileName)}`,
      'content-type': isMedia ? file.mimeType : 'application/octet-stream',
    });
    if (!isMedia || file.mimeType === 'image/svg+xml') reply.header('content-security-policy', SANDBOX);

    const range = isRangeFresh(request, etag, modifiedMs) ? readRange(request.headers.range, size) : 'all';
    if (range === 'unsatisfiable') {
      reply.header('content-range', `bytes */${size}`);
      throw new Problem('range_unsatisfiable');
    }
    const part: ByteRange = range === 'all' ? { start: 0, bytes: size } : range;
    if (range !== 'all')
      reply.code(206).header('content-range', `bytes ${part.start}-${part.start + part.bytes - 1}/${size}`);
    reply.header('content-length', part.bytes);
    if (request.method === 'HEAD') await reply.send();
    else if (part.bytes <= WHOLE_BYTES) {
      const bytes = await readPart(handle, part);
      file.mask?.(bytes, part.start);
      await reply.send(bytes);
    } else {
      isHandedOver = true;
      const stream = handle.createReadStream({
        start: part.start,
        end: part.start + part.bytes - 1,
        highWaterMark: CHUNK_BYTES,
      });
      // Who goes away, or a drive that fails, ends both; the answer's own end tells of it.
      await reply.send(file.mask ? pipeline(stream, masking(file.mask, part.start), () => {}) : stream);
    }
    return true;
  } finally {
    if (!isHandedOver) await handle.close();
  }
}

/** Overwrites what passes through; `start` is where the first byte stands in the file. */
function masking(mask: (bytes: Buffer, position: number) => void, start: number): Transform {
  let position = start;
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      mask(bytes, position);
      position += bytes.length;
      done(null, bytes);
    },
  });
}

/** Undefined when there is no such file. */
async function openFile({ path, isExternal }: FileToSend): Promise<FileHandle | undefined> {
  try {
    if (isExternal) return await openExternal(path);
    // Without waiting for a writer, should the path be a pipe.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EACCES' || code === 'EPERM') throw new Problem('pool_error', {}, error);
    throw error;
  }
}

async function readPart(handle: FileHandle, { start, bytes }: ByteRange): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await handle.read(buffer, filled, bytes - filled, start + filled);
    if (bytesRead === 0) throw new Error('a file became shorter while it was read');
    filled += bytesRead;
  }
  return buffer;
}

/** RFC 9110 §13.1: a tag settles it, the date only counts without one. */
function isNotModified(request: FastifyRequest, etag: string, modifiedMs: number): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined)
    return tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return modifiedMs <= since;
}

/** RFC 9110 §13.1.5: a part of another version would not fit to what the client has. */
function isRangeFresh(request: FastifyRequest, etag: string, modifiedMs: number): boolean {
  const condition = request.headers['if-range'];
  if (typeof condition !== 'string') return true;
  return condition.includes('"') ? condition.trim() === etag : Date.parse(condition) === modifiedMs;
}

/** As RFC 8187 wants it: percent signs for everything but a few plain characters. */
export const encodeFileName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
