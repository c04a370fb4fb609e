import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ACCOUNT_FILE } from '#contract/account-file';
import { besidePath } from '#storage/atomic-write';

/**
 * Uploads byte by byte as a client writes them, where `fetch` would decide too much: the order and the headers
 * of parts, how the body is framed, whether permission is waited for, and when the connection breaks.
 */

/** One part of a form: its header lines, complete but for line ends, and its bytes. */
export interface FormPart {
  header: string[];
  body: Buffer | string;
}

/** A text field as browsers and Node write it. */
export const field = (name: string, text: string): FormPart => ({
  header: [`Content-Disposition: form-data; name="${name}"`],
  body: text,
});

/** A file as browsers and Node write it: its name in plain UTF-8. */
export const file = (name: string, fileName: string, body: Buffer | string): FormPart => ({
  header: [
    `Content-Disposition: form-data; name="${name}"; filename="${fileName}"`,
    'Content-Type: application/octet-stream',
  ],
  body,
});

export const BOUNDARY = '----a-boundary-of-this-test';

/** The body of a form. */
export function writeForm(parts: readonly FormPart[], boundary = BOUNDARY): Buffer {
  const pieces = parts.flatMap(({ header, body }) => [
    `--${boundary}\r\n${header.join('\r\n')}\r\n\r\n`,
    body,
    '\r\n',
  ]);
  return Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
}

/** A file with the two dates that every client sends. */
export const photo = (
  fileName: string,
  body: Buffer | string,
  more: readonly FormPart[] = [],
): FormPart[] => [
  field('fileCreatedAt', '2024-05-01T10:00:00.000Z'),
  field('fileModifiedAt', '2024-05-01T10:00:00.000Z'),
  ...more,
  file('assetData', fileName, body),
];

export const sha1 = (bytes: Buffer | string, encoding: 'hex' | 'base64' = 'base64'): string =>
  createHash('sha1').update(bytes).digest(encoding);

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  /** Of answers that are JSON. */
  json: Record<string, unknown>;
  /** The box said `100 Continue` before. */
  wasContinued: boolean;
}

export interface RawRequest {
  socket: Socket;
  /** Writes bytes and waits until the kernel has them; false when the connection is gone. */
  write(bytes: Buffer | string): Promise<boolean>;
  /** One chunk of a body whose length nobody knows. */
  writeChunk(bytes: Buffer | string): Promise<boolean>;
  /** The box has said `100 Continue`. */
  continued(): Promise<void>;
  /** The next answer that is not an interim one. */
  answer(): Promise<RawAnswer>;
}

/** Connects and sends the head of a `POST /api/assets`; the body is up to the caller. */
export async function openUpload(
  url: string,
  headers: Readonly<Record<string, string | number>>,
  path = '/api/assets',
): Promise<RawRequest> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // A connection that the box has closed is what some tests wait for.
  socket.on('error', () => {});
  await once(socket, 'connect');
  let received = '';
  let isOver = false;
  socket.setEncoding('latin1').on('data', (text) => (received += text));
  socket.on('close', () => (isOver = true));
  const until = async <Found>(look: () => Found | undefined): Promise<Found> => {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (isOver) throw new Error(`the connection ended after ${JSON.stringify(received)}`);
      await wait(2);
    }
  };
  const write = async (bytes: Buffer | string): Promise<boolean> => {
    if (isOver || !socket.writable) return false;
    await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
    return !isOver && socket.writable;
  };
  const lines = Object.entries({ Host: `${hostname}:${port}`, ...headers });
  await write(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
  );
  const interim = /^HTTP\/1\.1 100 [^\r]*\r\n\r\n/;
  let wasContinued = false;
  const skipInterim = () => {
    if (!interim.test(received)) return;
    received = received.replace(interim, '');
    wasContinued = true;
  };
  return {
    socket,
    write,
    writeChunk: (bytes) => write(Buffer.concat([sizeLine(bytes), Buffer.from(bytes), Buffer.from('\r\n')])),
    continued: () =>
      until(() => {
        skipInterim();
        return wasContinued ? true : undefined;
      }).then(() => {}),
    answer: () =>
      until(() => {
        skipInterim();
        const found = readAnswer(received);
        if (!found) return undefined;
        received = received.slice(found.bytes);
        return { ...found.answer, wasContinued };
      }),
  };
}

const sizeLine = (bytes: Buffer | string): Buffer =>
  Buffer.from(`${Buffer.byteLength(bytes).toString(16)}\r\n`);

/** Undefined until the answer is there whole. */
function readAnswer(text: string): { bytes: number; answer: Omit<RawAnswer, 'wasContinued'> } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine, ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const length = Number(headers['content-length'] ?? 0);
  const body = text.slice(end + 4, end + 4 + length);
  if (body.length < length) return undefined;
  const json = /^application\/json/.test(headers['content-type'] ?? '')
    ? (JSON.parse(Buffer.from(body, 'latin1').toString('utf8')) as Record<string, unknown>)
    : {};
  return { bytes: end + 4 + length, answer: { status: Number(statusLine!.split(' ')[1]), headers, json } };
}

/** Sends a whole form with its length and returns the answer. */
export async function sendForm(
  url: string,
  headers: Readonly<Record<string, string>>,
  parts: readonly FormPart[],
): Promise<RawAnswer> {
  const body = writeForm(parts);
  const request = await openUpload(url, {
    'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
    'Content-Length': body.length,
    ...headers,
  });
  await request.write(body);
  const answer = await request.answer();
  request.socket.destroy();
  return answer;
}

/** Where ingest writes about an account when it comes to it, and the file before it has its name. */
const OF_ACCOUNT = new Set([ACCOUNT_FILE, basename(besidePath(ACCOUNT_FILE))]);

/**
 * Every file below a folder of the pool, by its path below that folder; without what is written about an account.
 */
export function filesBelow(poolDir: string, folder: 'library' | '.shoebox/incoming'): string[] {
  const top = join(poolDir, folder);
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !OF_ACCOUNT.has(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(top.length + 1))
    .sort();
}
