import { type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http';
import type { Readable } from 'node:stream';
import type { UpdateState } from '#contract/appliance-updates';
import { PROBLEMS, Problem, type ProblemCode, type ProblemDetails } from '#contract/problems';

/** What the process `updates` answers to everything that went well. */
export type UpdatesAnswer = UpdateState & {
  /** Administrators were told of `last`. */
  isTold: boolean;
};

/** What is sent, if anything. */
type Body = { json: unknown } | { stream: Readable; bytes: number | undefined };

/** An answer that takes longer will not come; checking an address takes up to two minutes. */
const ANSWER_MS = 180_000;

/** The process `updates`, which runs only on a box that was flashed as an image. */
export interface UpdatesPeer {
  /** Throws its Problems, and `updates_elsewhere` or `updates_silent` when it is not there. */
  ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: Body): Promise<UpdatesAnswer>;
}

/** `socket`: where it answers; undefined where it cannot run. */
export function connectUpdates(socket: string | undefined): UpdatesPeer {
  return {
    ask: async (method, path, body) => {
      if (socket === undefined) throw new Problem('updates_elsewhere');
      const { status, text } = await exchange(socket, method, path, body);
      const value = JSON.parse(text) as UpdatesAnswer | { code?: string; details?: ProblemDetails };
      if (status === 200) return value as UpdatesAnswer;
      const { code = '', details } = value as { code?: string; details?: ProblemDetails };
      if (code in PROBLEMS) throw new Problem(code as ProblemCode, details);
      throw new Error(`updates answered ${status} to ${method} ${path.split('?')[0]}`);
    },
  };
}

function exchange(socket: string, method: string, path: string, body: Body | undefined) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = openRequest({ socketPath: socket, method, path, agent: false, headers: headersOf(body) });
    request.setTimeout(ANSWER_MS, () => request.destroy(new Error('no answer')));
    // An answer that comes before all was sent is a refusal, and is heard before the end of the connection is.
    let answered = false;
    request.on('response', (response) => {
      answered = true;
      readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (answered) return;
      const isNotThere = error.code === 'ENOENT';
      reject(new Problem(isNotThere ? 'updates_elsewhere' : 'updates_silent', {}, error));
    });
    sendBody(request, body);
  });
}

function headersOf(body: Body | undefined): Record<string, string | number> {
  if (!body) return {};
  if ('json' in body) return { 'content-type': 'application/json' };
  return body.bytes === undefined ? {} : { 'content-length': body.bytes };
}

function sendBody(request: ClientRequest, body: Body | undefined): void {
  if (!body) request.end();
  else if ('json' in body) request.end(JSON.stringify(body.json));
  else {
    const { stream } = body;
    // Whoever sends may go away: what came so far is kept by the other side.
    stream.on('error', () => request.destroy());
    stream.on('close', () => {
      if (!stream.readableEnded) request.destroy();
    });
    stream.pipe(request);
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
