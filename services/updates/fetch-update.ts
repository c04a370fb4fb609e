import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { RequestOptions } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { MOST_UPDATE_BYTES, updateFault } from '#contract/appliance-updates';
import type { BundleStore } from './bundle-store.ts';
import type { Offer } from './memory.ts';
import { UpdateRefused } from './rauc.ts';
import { isVersion } from './version.ts';

/** How the network is used; other values in tests. */
export interface FetchOptions {
  /** Certificates, PEM, instead of the system's. */
  ca?: string | undefined;
  /** An answer that says nothing for so long is given up. */
  silenceMs: number;
  /** Waited after a broken connection, each in turn; then it is given up, and what came is kept. */
  pausesMs: readonly number[];
}

export const FETCH_OPTIONS: FetchOptions = {
  silenceMs: 60_000,
  pausesMs: [2_000, 10_000, 30_000, 60_000, 300_000],
};

/** A description of an update has some hundred bytes. */
const MOST_DESCRIPTION_BYTES = 64 * 1024;
const MOST_REDIRECTS = 5;

/** What is wrong with an address, or undefined. */
export function findAddressFault(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url) return 'It is no address.';
  if (url.protocol !== 'https:') return 'Others could change what is sent.';
  if (url.username !== '' || url.password !== '') return 'It must not have a password in it.';
  return undefined;
}

/**
 * Asks the address for its newest update: a JSON object with `version`, `file` (an address, relative to this one),
 * `bytes` and `sha256`. The request says nothing of this box: no version, no name, no cookie. Throws UpdateRefused.
 */
export async function fetchOffer(address: string, options: FetchOptions = FETCH_OPTIONS): Promise<Offer> {
  const { response, url } = await request(new URL(address), {}, options);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_DESCRIPTION_BYTES) throw badAnswer('It is too long.');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof UpdateRefused ? error : unreachable(error);
  } finally {
    response.destroy();
  }
  if (response.statusCode !== 200) throw unreachable(undefined, `It said ${response.statusCode}.`);
  return readOffer(Buffer.concat(chunks).toString(), url);
}

function readOffer(text: string, base: URL): Offer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badAnswer('It is not JSON.');
  }
  if (typeof value !== 'object' || value === null) throw badAnswer('It is no object.');
  const { version, file, bytes, sha256 } = value as Record<string, unknown>;
  if (typeof version !== 'string' || !isVersion(version)) throw badAnswer('It names no version.');
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 1 || bytes > MOST_UPDATE_BYTES)
    throw badAnswer('It names no size.');
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) throw badAnswer('It names no checksum.');
  const url = typeof file === 'string' ? URL.parse(file, base) : null;
  if (!url || findAddressFault(url.href) !== undefined) throw badAnswer('It names no file.');
  return { version, url: url.href, bytes, sha256 };
}

/**
 * Fetches an update into the store, or goes on with what is there of it; broken connections are taken up again where
 * they broke. Throws UpdateRefused; what came is kept unless it is not what was offered. Problems and errors of the
 * drive propagate.
 */
export async function fetchBundle(
  offer: Offer,
  store: BundleStore,
  onBytes: (receivedBytes: number) => void,
  options: FetchOptions = FETCH_OPTIONS,
): Promise<void> {
  const fileId = offer.sha256;
  const known = await store.find();
  let received = known?.fileId === fileId && known.totalBytes === offer.bytes ? known.receivedBytes : 0;
  let broken = 0;
  while (received < offer.bytes) {
    const before = received;
    try {
      received = await fetchPart(offer, received, store, onBytes, options);
    } catch (error) {
      if (!(error instanceof UpdateRefused) || error.fault.code !== 'unreachable') throw error;
      if (received === before && broken >= options.pausesMs.length) throw error;
    }
    if (received >= offer.bytes) break;
    // Something came: the pauses begin anew.
    broken = received > before ? 0 : broken;
    const pauseMs = options.pausesMs[broken];
    if (pauseMs === undefined) throw unreachable(undefined, 'The connection broke too often.');
    broken++;
    await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
  }
  if ((await sha256Of(store.file)) !== offer.sha256) {
    await store.clear();
    throw new UpdateRefused(updateFault('not_what_was_said'));
  }
}

async function fetchPart(
  offer: Offer,
  from: number,
  store: BundleStore,
  onBytes: (receivedBytes: number) => void,
  options: FetchOptions,
): Promise<number> {
  const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
  const { response } = await request(new URL(offer.url), headers, options);
  try {
    const status = response.statusCode;
    // A server that knows no ranges sends all of it again.
    const isWhole = status === 200;
    const isRest = status === 206 && (response.headers['content-range'] ?? '').startsWith(`bytes ${from}-`);
    if (!isWhole && !isRest) throw unreachable(undefined, `It said ${status}.`);
    const offset = isRest ? from : 0;
    let bytes = offset;
    const counted = async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > offer.bytes) throw new UpdateRefused(updateFault('not_what_was_said'));
        onBytes(bytes);
        yield chunk;
      }
    };
    const kept = await store.add({ fileId: offer.sha256, total: offer.bytes, offset }, counted());
    return kept.receivedBytes;
  } finally {
    response.destroy();
  }
}

/** Follows redirects, which also have to be https. Resolves with the answer and where it came from. */
async function request(
  url: URL,
  headers: Record<string, string>,
  options: FetchOptions,
): Promise<{ response: IncomingMessage; url: URL }> {
  let at = url;
  for (let redirects = 0; ; redirects++) {
    const response = await ask(at, headers, options);
    const { location } = response.headers;
    const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode ?? 0);
    if (!isRedirect || location === undefined) return { response, url: at };
    response.destroy();
    const next = URL.parse(location, at);
    if (!next || findAddressFault(next.href) !== undefined || redirects === MOST_REDIRECTS)
      throw unreachable(undefined, 'It leads to another address that is not allowed.');
    at = next;
  }
}

async function ask(
  url: URL,
  headers: Record<string, string>,
  { ca, silenceMs }: FetchOptions,
): Promise<IncomingMessage> {
  // Loaded when the first update is asked for: most boxes never do.
  const https = await import('node:https');
  const init: RequestOptions = { headers, agent: false, timeout: silenceMs, ...(ca && { ca }) };
  return new Promise((resolve, reject) => {
    const sent = https.get(url, init, resolve);
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    sent.on('error', (error) => reject(unreachable(error)));
  });
}

const badAnswer = (reason: string): UpdateRefused => new UpdateRefused(updateFault('bad_answer', { reason }));

/** What the network's errors mean to a person; the rest is said by its code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'There is no such name.',
  EAI_AGAIN: 'The box has no connection to the Internet.',
  ENETUNREACH: 'The box has no connection to the Internet.',
  ECONNREFUSED: 'Nothing answers there.',
  ETIMEDOUT: 'It took too long.',
  ECONNRESET: 'The connection broke.',
  CERT_NOT_YET_VALID: 'The clock of the box is wrong.',
  CERT_HAS_EXPIRED: 'Its certificate has expired, or the clock of the box is wrong.',
};

function unreachable(cause: unknown, reason?: string): UpdateRefused {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
  const words = reason ?? REASONS[code] ?? (code === '' ? '' : `(${code})`);
  return new UpdateRefused(updateFault('unreachable', { reason: words }), cause);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
