import { Readable } from 'node:stream';
import { LogQuery } from '#contract/appliance-logs';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { CommandError } from '#runtime/command';
import { readJournal, readKeptLog } from '#runtime/read-log';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';

const HOUR_MS = 3_600_000;
const DEFAULT_HOURS = 24;

/** The log of all processes of this box, to be sent to somebody who can help. */
export function applianceLogRoutes(app: GatewayApp, { config, now, log }: GatewayParts): void {
  const read = async (since: number): Promise<AsyncIterable<string> | Iterable<string>> => {
    if (config.logDir !== undefined) return readKeptLog(config.logDir, since);
    try {
      return await readJournal(since);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      log.warn({ err: error }, 'journal not read');
      throw new Problem('log_unreadable', {}, error);
    }
  };

  app.get(
    '/api/appliance/logs',
    {
      config: { access: needs('server.about', { admin: true, sessionOnly: true }) },
      schema: { querystring: LogQuery },
    },
    async ({ query }, reply) => {
      const at = now();
      const lines = await read(at - (query.hours ?? DEFAULT_HOURS) * HOUR_MS);
      const day = new Date(at).toISOString().slice(0, 10);
      return reply
        .headers({
          'content-type': 'application/jsonl; charset=utf-8',
          'content-disposition': `attachment; filename="shoebox-log-${day}.jsonl"`,
          'cache-control': 'no-store',
        })
        .send(Readable.from(withLineEnds(lines)));
    },
  );
}

async function* withLineEnds(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}
