import { Type } from 'typebox';
import type { Session } from '#catalog/sessions';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import { SessionCreate, SessionCreateResponse, SessionResponse, SessionUpdate } from '#contract/sessions';
import { type AccountParts, disconnectSessions, startSession, toSessionResponse } from '../accounts.ts';
import type { GatewayApp } from '../app.ts';
import type { Caller } from '../caller.ts';

/** The devices that are signed in (contract §2.5). */
export function sessionRoutes(app: GatewayApp, parts: AccountParts): void {
  const { queries, writer, now } = parts;
  const currentId = (caller: Caller) => (caller.kind === 'session' ? caller.session.id : undefined);
  const requireOwn = (caller: Caller, id: string, scope: Scope): Session => {
    const session = queries.sessions.findById(id.toLowerCase());
    if (session?.userId !== caller.user.id) throw new Problem('not_found_or_no_access', { scope });
    return session;
  };

  app.get(
    '/api/sessions',
    { config: { access: needs('session.read') }, schema: { response: { 200: Type.Array(SessionResponse) } } },
    async ({ caller }) =>
      queries.sessions
        .listByUser(caller.user.id, now())
        .map((session) => toSessionResponse(session, currentId(caller))),
  );

  app.post(
    '/api/sessions',
    {
      config: { access: needs('session.create') },
      schema: { body: SessionCreate, response: { 201: SessionCreateResponse } },
    },
    async ({ body, caller }, reply) => {
      if (caller.kind !== 'session') throw new Problem('child_session_by_key');
      const { id, token } = await startSession(parts, {
        userId: caller.user.id,
        parentId: caller.session.id,
        deviceType: body.deviceType ?? '',
        deviceOs: body.deviceOS ?? '',
        appVersion: null,
        ...(body.duration !== undefined && { expiresAt: now() + body.duration * 1000 }),
      });
      const session = requireOwn(caller, id, 'session.create');
      return reply.code(201).send({ ...toSessionResponse(session, caller.session.id), token });
    },
  );

  app.put(
    '/api/sessions/:id',
    {
      config: { access: needs('session.update') },
      schema: { params: idParams, body: SessionUpdate, response: { 200: SessionResponse } },
    },
    async ({ params, body, caller }) => {
      const { id } = requireOwn(caller, params.id, 'session.update');
      if (body.isPendingSyncReset !== undefined)
        await writer.sessions.setPendingSyncReset({ id, isPending: body.isPendingSyncReset });
      return toSessionResponse(requireOwn(caller, id, 'session.update'), currentId(caller));
    },
  );

  app.delete('/api/sessions', { config: { access: needs('session.delete') } }, async ({ caller }, reply) => {
    const ended = await writer.sessions.removeByUser({
      userId: caller.user.id,
      keptId: currentId(caller) ?? null,
    });
    disconnectSessions(parts, ended);
    return reply.code(204).send();
  });

  app.delete(
    '/api/sessions/:id',
    { config: { access: needs('session.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const { id } = requireOwn(caller, params.id, 'session.delete');
      disconnectSessions(parts, await writer.sessions.remove({ id }));
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/sessions/:id/lock',
    { config: { access: needs('session.lock') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const { id } = requireOwn(caller, params.id, 'session.lock');
      await writer.sessions.elevate({ id, until: null });
      return reply.code(204).send();
    },
  );
}
