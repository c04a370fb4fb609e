import { Readable } from 'node:stream';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { SyncAckBody, SyncAckDeleteBody, SyncAckResponse, SyncStreamBody } from '#contract/sync';
import type { GatewayApp } from '../app.ts';
import type { Caller } from '../caller.ts';
import { clientProfile } from '../client-profile.ts';
import type { GatewayParts } from '../parts.ts';
import { readAck } from '../sync/acks.ts';
import { syncLines } from '../sync/stream.ts';

/** `/sync`: how the phone app learns of everything (contract §4). Progress belongs to a device, so to a session. */
export function syncRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now } = parts;

  app.post(
    '/api/sync/stream',
    { config: { access: needs('sync.stream', { sessionOnly: true }) }, schema: { body: SyncStreamBody } },
    async ({ body, caller, headers }, reply) => {
      const session = sessionOf(caller);
      if (body.reset) await writer.sync.startOver(session.id);
      const isOldApp = body.types.includes('AlbumsV1') && !body.types.includes('AlbumsV2');
      const lines = syncLines(parts, {
        userId: caller.user.id,
        sessionId: session.id,
        types: body.types,
        profile: isOldApp ? 'v2' : clientProfile(headers['user-agent']),
        isPendingReset: !body.reset && session.isPendingSyncReset === 1,
      });
      return reply
        .headers({ 'content-type': 'application/jsonlines+json', 'cache-control': 'no-store' })
        .send(Readable.from(lines, { objectMode: false }));
    },
  );

  app.get(
    '/api/sync/ack',
    {
      config: { access: needs('syncCheckpoint.read', { sessionOnly: true }) },
      schema: { response: { 200: SyncAckResponse } },
    },
    async ({ caller }) =>
      queries.sync.listCheckpoints(sessionOf(caller).id).map(({ type, ack }) => ({ type, ack })),
  );

  app.post(
    '/api/sync/ack',
    {
      config: { access: needs('syncCheckpoint.update', { sessionOnly: true }) },
      schema: { body: SyncAckBody },
    },
    async ({ body, caller }, reply) => {
      const acks = body.acks.map((text) => {
        const ack = readAck(text);
        if (!ack)
          throw new Problem('body_unreadable', { reason: 'an acknowledgement is not one of this server' });
        return ack;
      });
      const { id: sessionId } = sessionOf(caller);
      if (acks.some(({ kind }) => kind === 'reset')) await writer.sync.startOver(sessionId);
      else {
        const checkpoints = acks.flatMap((ack) => (ack.kind === 'checkpoint' ? ack.checkpoint : []));
        await writer.sync.saveCheckpoints({ sessionId, checkpoints, now: now() });
      }
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/sync/ack',
    {
      config: { access: needs('syncCheckpoint.delete', { sessionOnly: true }) },
      schema: { body: SyncAckDeleteBody },
    },
    async ({ body, caller }, reply) => {
      const types = body?.types ?? [];
      await writer.sync.removeCheckpoints({
        sessionId: sessionOf(caller).id,
        types: types.length === 0 ? null : types,
      });
      return reply.code(204).send();
    },
  );
}

function sessionOf(caller: Caller) {
  if (caller.kind !== 'session') throw new Problem('session_required');
  return caller.session;
}
