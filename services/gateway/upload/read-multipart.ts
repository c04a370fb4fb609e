import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Dicer } from '@fastify/busboy';
import { parse as parseDisposition } from 'content-disposition';
import { Problem } from '#contract/problems';

/** One part of a multipart body. */
export interface Part {
  /** The field's name. */
  name: string;
  /** As the client called the file; undefined for plain fields. May hold anything, folders too. */
  fileName: string | undefined;
  /** Must be read to its end, or the body stops here. */
  stream: Readable;
}

/** Chunks from the socket have 64 KiB; a few may wait for the drive. */
const WAITING_BYTES = 256 * 1024;

/** No client of ours sends more than 20 parts; somebody who sends thousands has something else in mind. */
const MOST_PARTS = 100;

/**
 * Reads a multipart body part by part, in the order they come, with constant memory: `onPart` is awaited
 * before the next part is handed out. Rejects with `upload_broken` when the body ends early or is malformed,
 * and with whatever `onPart` throws; the rest of the body is then left unread.
 */
export async function readMultipart(
  request: IncomingMessage,
  onPart: (part: Part) => Promise<void>,
): Promise<void> {
  const boundary = boundaryOf(request.headers['content-type']);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const dicer = new Dicer({
    boundary,
    maxHeaderPairs: 20,
    highWaterMark: WAITING_BYTES,
    partHwm: WAITING_BYTES,
  } as Dicer.Config);
  const streams = new Set<Readable>();
  let parts = 0;
  let work = Promise.resolve();

  dicer.on('part', (stream) => {
    if (++parts > MOST_PARTS) return reject(new Problem('upload_field', { field: 'count' }));
    streams.add(stream as Readable);
    // Whoever reads the part hears of the error; a part that nobody reads must not end the process.
    stream.on('error', () => {});
    stream.on('header', (header: object) => {
      const part = describePart(header as Record<string, string[]>, stream as Readable);
      work = work.then(() => (part ? onPart(part) : drain(stream as Readable)));
      work.then(() => streams.delete(stream as Readable), reject);
    });
  });
  dicer.on('finish', () => work.then(resolve, reject));
  dicer.on('error', (error: Error) => reject(new Problem('upload_broken', {}, error)));
  const onClose = () => {
    if (!request.complete) reject(new Problem('upload_broken'));
  };
  request.on('close', onClose);
  request.on('error', reject);
  request.pipe(dicer);
  try {
    await promise;
  } catch (error) {
    request.unpipe(dicer);
    for (const stream of streams) stream.destroy();
    // The part being worked on lets go of its file before the caller cleans up.
    await work.catch(() => {});
    throw error;
  } finally {
    request.off('close', onClose);
    request.off('error', reject);
  }
}

function boundaryOf(contentType: string | undefined): string {
  if (!/^multipart\/form-data\s*;/i.test(contentType ?? '')) throw new Problem('upload_not_multipart');
  const match = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType!);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw new Problem('upload_not_multipart');
  return boundary;
}

/** Undefined for parts that are no form data. */
function describePart(header: Record<string, string[]>, stream: Readable): Part | undefined {
  const disposition = header['content-disposition']?.[0];
  if (disposition === undefined) return undefined;
  const { type, parameters } = parseDisposition(disposition);
  const name = parameters['name'];
  if (type !== 'form-data' || name === undefined) return undefined;
  const fileName = parameters['filename'];
  // Header bytes arrive as one character each; `filename*` has been decoded by the parser already.
  const isDecoded = parameters['filename*'] !== undefined;
  return {
    name: asUtf8(name),
    fileName: fileName === undefined || isDecoded ? fileName : unescapeName(asUtf8(fileName)),
    stream,
  };
}

const asUtf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** Browsers write a quote and line ends in a file name as %22, %0D and %0A, and nothing else (WHATWG HTML, form data). */
const unescapeName = (name: string): string => name.replaceAll('%22', '"').replace(/%0[DA]/gi, ' ');

async function drain(stream: Readable): Promise<void> {
  for await (const _ of stream);
}
