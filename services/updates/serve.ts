import { chmodSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import type { RestartRequest, SourceBody } from '#contract/appliance-updates';
import { Problem } from '#contract/problems';
import type { Logger } from '#runtime/log';
import type { Updates } from './updates.ts';

/** What the gateway sends besides files; it has checked the form of it. */
const MOST_JSON_BYTES = 16 * 1024;

/** Who sends a file and falls silent for so long is gone; what came is kept. */
const SILENCE_MS = 120_000;

/**
 * Answers the gateway on a socket, in HTTP, which brings streams and answers. Whoever may write to the socket may
 * install signed updates and restart the box: its group, and nobody else.
 */
export async function serveUpdates(
  socketPath: string,
  updates: Updates,
  log: Logger,
): Promise<{ close: () => Promise<void> }> {
  mkdirSync(dirname(socketPath), { recursive: true, mode: 0o750 });
  await rm(socketPath, { force: true });
  const server = createServer((request, response) => {
    answer(updates, request).then(
      (value) => send(response, 200, value),
      (error: unknown) => {
        if (error instanceof Problem)
          return send(response, error.status, { code: error.code, details: error.details });
        log.error({ err: error, url: request.url }, 'request failed');
        return send(response, 500, {});
      },
    );
  });
  server.requestTimeout = 0;
  server.timeout = SILENCE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
    // listen() makes the file before it returns.
    if (server.listening) chmodSync(socketPath, 0o660);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(updates: Updates, request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://updates');
  switch (`${request.method} ${pathname}`) {
    case 'GET /state':
      break;
    case 'PUT /file':
      await updates.receive(
        {
          fileId: searchParams.get('fileId') ?? '',
          total: Number(searchParams.get('total')),
          offset: Number(searchParams.get('offset')),
        },
        request,
      );
      break;
    case 'POST /check':
      await updates.check();
      break;
    case 'POST /fetch':
      await updates.fetch();
      break;
    case 'POST /restart':
      await updates.restart(await readJson<RestartRequest>(request));
      break;
    case 'PUT /source':
      await updates.setAddress((await readJson<SourceBody>(request)).address);
      break;
    case 'POST /told':
      await updates.noteTold((await readJson<{ id: string }>(request)).id);
      break;
    default:
      throw new Problem('route_unknown', { method: request.method ?? '', path: pathname });
  }
  return updates.read();
}

async function readJson<Body>(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_JSON_BYTES) throw new Problem('body_too_large');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem('body_unreadable', { reason: 'not JSON' });
  }
}

function send(response: ServerResponse, status: number, value: unknown): void {
  // A file that was refused is not read to its end.
  const close = status >= 400 ? { connection: 'close' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...close });
  response.end(JSON.stringify(value));
}
