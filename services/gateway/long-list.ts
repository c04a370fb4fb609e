import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientProfile } from './client-profile.ts';
import { inOldDialect } from './plugins/speak-old-dialect.ts';

/** A list in an answer that is too long to be read and written in one go: it comes in pieces when it is its turn. */
export class LongList<Item> {
  readonly pieces: () => AsyncIterable<readonly Item[]>;

  constructor(pieces: () => AsyncIterable<readonly Item[]>) {
    this.pieces = pieces;
  }
}

/**
 * Sends an answer that may hold long lists, as members of it or of what it lists. With one, it is written as the
 * client takes it: others are served between two pieces, and one piece is in memory. Without, it is sent as ever.
 */
export function sendLong(
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: Pick<FastifyReply, 'send' | 'type'>,
  answer: unknown,
): FastifyReply {
  if (!isLong(answer)) return reply.send(answer);
  const translate = clientProfile(headers['user-agent']) === 'v2' ? inOldDialect : (value: unknown) => value;
  const text = Readable.from(writeLong(answer, translate), { objectMode: false });
  return reply.type('application/json; charset=utf-8').send(text);
}

const isLong = (value: unknown): boolean =>
  value instanceof LongList || (Array.isArray(value) ? value.some(isLong) : listsOf(value).length > 0);

const listsOf = (value: unknown): [string, LongList<unknown>][] =>
  Object.entries(typeof value === 'object' && value !== null ? value : {}).filter(
    (entry): entry is [string, LongList<unknown>] => entry[1] instanceof LongList,
  );

async function* writeLong(value: unknown, translate: (value: unknown) => unknown): AsyncGenerator<string> {
  const lists = listsOf(value);
  if (value instanceof LongList) {
    let before = '[';
    for await (const piece of value.pieces()) {
      if (piece.length === 0) continue;
      yield before + JSON.stringify(translate(piece)).slice(1, -1);
      before = ',';
    }
    yield before === '[' ? '[]' : ']';
  } else if (Array.isArray(value)) {
    yield '[';
    for (const [at, one] of value.entries()) {
      if (at > 0) yield ',';
      yield* writeLong(one, translate);
    }
    yield ']';
  } else if (lists.length > 0) {
    const names = lists.map(([name]) => name);
    const empty = Object.fromEntries(names.map((name) => [name, []]));
    const rest = { ...(translate({ ...(value as object), ...empty }) as Record<string, unknown>) };
    for (const name of names) delete rest[name];
    yield `${JSON.stringify(rest).slice(0, -1)}`;
    for (const [at, [name, list]] of lists.entries()) {
      yield `${at > 0 || Object.keys(rest).length > 0 ? ',' : ''}${JSON.stringify(name)}:`;
      yield* writeLong(list, translate);
    }
    yield '}';
  } else yield JSON.stringify(translate(value));
}
