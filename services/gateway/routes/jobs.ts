import { Type } from 'typebox';
import { JOB_KINDS, type JobKind } from '#catalog/jobs';
import { Problem } from '#contract/problems';
import {
  ManualJobBody,
  QUEUE_NAMES,
  QueueCommandBody,
  type QueueCounts,
  QueueDeleteBody,
  type QueueName,
  QueueState,
  QueueStates,
  QueueSummary,
  QueueUpdateBody,
  queueParams,
} from '#contract/queues';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';

/** What we do under the names that clients know; under the others nothing is ever done. */
const KINDS: Partial<Record<QueueName, JobKind | 'verify' | 'library'>> = {
  metadataExtraction: 'metadata',
  thumbnailGeneration: 'preview',
  editor: 'edit',
  videoConversion: 'rendition',
  integrityCheck: 'verify',
  library: 'library',
};

/** Work that can be asked for by name, and what it comes to here. */
const MANUAL: Readonly<Record<string, QueueName | 'memories' | 'nothing'>> = {
  'memory-create': 'memories',
  'integrity-checksum-mismatch': 'integrityCheck',
  'integrity-checksum-mismatch-refresh': 'integrityCheck',
  // People, tags, accounts and memories that nobody needs go as they become so.
  'person-cleanup': 'nothing',
  'user-cleanup': 'nothing',
  'tag-cleanup': 'nothing',
  'memory-cleanup': 'nothing',
};

/** Rows of assets looked at in one transaction, so that uploads can go on in between. */
const CHUNK = 2_000;

/** `/jobs` and `/queues`: what ingest has to do, for administrators. */
export function jobRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader, writer, now, log, wakeIngest } = parts;
  const read = needs('job.read', { admin: true });
  const command = needs('job.create', { admin: true });

  const countAll = async (): Promise<(name: QueueName) => { counts: QueueCounts; isPaused: boolean }> => {
    const at = now();
    const byKind = new Map((await reader.jobs.counts(at)).map((counts) => [counts.kind, counts] as const));
    const verifyDue = await reader.queues.countVerifyDue(at);
    return (name) => {
      const none = { active: 0, completed: 0, failed: 0, delayed: 0, waiting: 0, paused: 0 };
      const kind = KINDS[name];
      if (kind === undefined) return { counts: none, isPaused: false };
      if (kind === 'library') {
        const { waiting, ...scans } = queries.libraries.countScans(at);
        const isPaused = queries.jobs.isPaused(kind);
        return { counts: { ...none, ...scans, ...(isPaused ? { paused: waiting } : { waiting }) }, isPaused };
      }
      if (kind === 'verify') return { counts: { ...none, waiting: verifyDue }, isPaused: false };
      const found = byKind.get(kind);
      const isPaused = queries.jobs.isPaused(kind);
      const waiting = found?.waiting ?? 0;
      const counts = {
        ...none,
        active: found?.active ?? 0,
        failed: found?.failed ?? 0,
        delayed: (found?.delayed ?? 0) - (found?.failed ?? 0),
        ...(isPaused ? { paused: waiting } : { waiting }),
      };
      return { counts, isPaused };
    };
  };
  const stateOf = ({ counts, isPaused }: { counts: QueueCounts; isPaused: boolean }): QueueState => ({
    jobCounts: counts,
    queueStatus: { isActive: counts.active > 0, isPaused },
  });

  /** Goes through all assets in the background: of a million, that takes a while. */
  const start = (name: QueueName, force: boolean): void => {
    const kind = KINDS[name];
    if (kind === undefined) return;
    const run = async () => {
      if (kind === 'library') {
        await writer.libraries.scanAll(now());
        wakeIngest();
        return;
      }
      let after: number | null = 0;
      while (after !== null) {
        after = await writer.queues.enqueueSome({ kind, force, after, most: CHUNK, now: now() });
        wakeIngest();
      }
    };
    run().catch((error: unknown) => log.error({ err: error, kind }, 'queue not filled'));
  };
  const setPaused = async (name: QueueName, isPaused: boolean): Promise<void> => {
    const kind = KINDS[name];
    if (kind === undefined || kind === 'verify') return;
    await writer.jobs.setPaused({ kind, isPaused, now: now() });
    wakeIngest();
  };
  const jobKind = (name: QueueName): JobKind | undefined => JOB_KINDS.find((kind) => kind === KINDS[name]);

  app.get(
    '/api/jobs',
    { config: { access: read }, schema: { response: { 200: QueueStates } } },
    async (): Promise<QueueStates> => {
      const count = await countAll();
      return Object.fromEntries(QUEUE_NAMES.map((name) => [name, stateOf(count(name))])) as QueueStates;
    },
  );

  app.put(
    '/api/jobs/:name',
    {
      config: { access: command },
      schema: { params: queueParams, body: QueueCommandBody, response: { 200: QueueState } },
    },
    async ({ params, body }) => {
      const name = params.name;
      const kind = jobKind(name);
      if (body.command === 'start') start(name, body.force ?? false);
      else if (body.command === 'pause') await setPaused(name, true);
      else if (body.command === 'resume') await setPaused(name, false);
      else if (body.command === 'empty' && kind) await writer.queues.empty(kind, now());
      else if (body.command === 'clear-failed' && kind) await writer.queues.clearFailed(kind, now());
      return stateOf((await countAll())(name));
    },
  );

  app.post(
    '/api/jobs',
    { config: { access: command }, schema: { body: ManualJobBody } },
    async ({ body }, reply) => {
      const name = MANUAL[body.name];
      if (name === undefined) throw new Problem('job_unknown', { name: body.name });
      if (name === 'memories') await writer.memoryDays.makeMemories(now());
      else if (name !== 'nothing') start(name, true);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/queues',
    {
      config: { access: needs('queue.read', { admin: true }) },
      schema: { response: { 200: Type.Array(QueueSummary) } },
    },
    async () => {
      const count = await countAll();
      return QUEUE_NAMES.map((name) => {
        const { counts, isPaused } = count(name);
        return { name, isPaused, statistics: counts };
      });
    },
  );

  app.get(
    '/api/queues/:name',
    {
      config: { access: needs('queue.read', { admin: true }) },
      schema: { params: queueParams, response: { 200: QueueSummary } },
    },
    async ({ params }) => {
      const name = params.name;
      const { counts, isPaused } = (await countAll())(name);
      return { name, isPaused, statistics: counts };
    },
  );

  app.put(
    '/api/queues/:name',
    {
      config: { access: needs('queue.update', { admin: true }) },
      schema: { params: queueParams, body: QueueUpdateBody, response: { 200: QueueSummary } },
    },
    async ({ params, body }) => {
      const name = params.name;
      if (body.isPaused !== undefined) await setPaused(name, body.isPaused);
      const { counts, isPaused } = (await countAll())(name);
      return { name, isPaused, statistics: counts };
    },
  );

  app.delete(
    '/api/queues/:name/jobs',
    {
      config: { access: needs('queueJob.delete', { admin: true }) },
      schema: { params: queueParams, body: QueueDeleteBody },
    },
    async ({ params, body }, reply) => {
      const kind = jobKind(params.name);
      if (kind && body.failed) await writer.queues.clearFailed(kind, now());
      if (kind) await writer.queues.empty(kind, now());
      return reply.code(204).send();
    },
  );
}
