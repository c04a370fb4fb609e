import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contract/problems';
import { type Access, grants } from '#contract/scopes';
import { type Caller, hashToken } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent the request; undefined only on routes for anyone. */
    identity: Caller | undefined;
    /** The caller of a route that needs one. */
    readonly caller: Caller;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
}

/** A session's "last heard from" moves at most this often, so that browsing does not write. */
const TOUCH_EVERY_MS = 60 * 60_000;

/** While less than this remains of an elevation, each request moves its end to now + this. */
const ELEVATION_TAIL_MS = 5 * 60_000;

/**
 * Finds out who calls and whether they may, before any body is read. The server refuses to start with a
 * route below /api that does not say who may call it.
 */
export function authenticate(app: FastifyInstance, parts: GatewayParts): void {
  app.decorateRequest('identity', undefined);
  app.decorateRequest('caller', {
    getter(this: FastifyRequest) {
      if (!this.identity)
        throw new Error(`route ${this.routeOptions.url} is open to anyone but asks who calls`);
      return this.identity;
    },
  });
  app.addHook('onRoute', (route) => {
    if (!route.config?.access)
      throw new Error(`route ${route.method} ${route.url} does not say who may call it`);
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    // Unknown routes have no config: they are answered 404 for everybody.
    if (!access || access.who === 'anyone') return;
    request.identity = identify(request, parts, access);
    permit(request.identity, access);
  });
}

/** Finds the caller by the first credential present (contract §2.1); one that is present and wrong is final. */
function identify(request: FastifyRequest, parts: GatewayParts, access: Access): Caller {
  const query = request.query as Record<string, unknown>;
  const header = (name: string) => textOf(request.headers[name]);

  // No shared link exists yet, so no key or slug can be right.
  if (header('x-immich-share-key') ?? textOf(query['key'])) {
    throw new Problem(access.who === 'scope' && access.share ? 'share_key_unknown' : 'forbidden');
  }
  if (header('x-immich-share-slug') ?? textOf(query['slug'])) {
    throw new Problem(access.who === 'scope' && access.share ? 'share_slug_unknown' : 'forbidden');
  }
  const cookie = request.cookies['immich_access_token'];
  const explicit =
    header('x-immich-user-token') ??
    header('x-immich-session-token') ??
    textOf(query['sessionKey']) ??
    bearer(header('authorization'));
  const token = explicit ?? (cookie || undefined);
  if (token !== undefined) {
    if (explicit === undefined) refuseOtherSites(request);
    return identifySession(request, parts, token);
  }
  const secret = header('x-api-key') ?? textOf(query['apiKey']);
  if (secret !== undefined) {
    const key = parts.queries.apiKeys.findBySecretHash(hashToken(secret));
    const user = key && parts.queries.users.findById(key.userId);
    if (!key || !user || user.deletedAt !== null) throw new Problem('api_key_unknown');
    return { kind: 'key', user, key };
  }
  throw new Problem('not_signed_in');
}

function identifySession(request: FastifyRequest, parts: GatewayParts, token: string): Caller {
  const now = parts.now();
  const session = parts.queries.sessions.findByTokenHash(hashToken(token));
  const user = session && parts.queries.users.findById(session.userId);
  const expired = session?.expiresAt !== null && (session?.expiresAt ?? 0) <= now;
  if (!session || !user || user.deletedAt !== null || expired) throw new Problem('session_unknown');

  const appVersion =
    /^immich-(?:android|ios)\/(\d[\w.+-]{0,30})/i.exec(request.headers['user-agent'] ?? '')?.[1] ?? null;
  const isNewVersion = appVersion !== null && appVersion !== session.appVersion;
  const remainsMs = (session.elevatedUntil ?? 0) - now;
  const note = (change: Promise<void>) =>
    // The catalog may be unwritable while browsing goes on: "last heard from" is not worth an error page.
    change.catch((error: unknown) => request.log.warn({ err: error }, 'session not noted'));
  if (isNewVersion || now - session.updatedAt >= TOUCH_EVERY_MS)
    void note(parts.writer.sessions.touch({ id: session.id, now, appVersion }));
  if (remainsMs > 0 && remainsMs < ELEVATION_TAIL_MS)
    void note(parts.writer.sessions.extendElevation({ id: session.id, until: now + ELEVATION_TAIL_MS, now }));
  return { kind: 'session', user, session };
}

function permit(caller: Caller, access: Access): void {
  if (access.who !== 'scope') return;
  if (access.admin && caller.user.isAdmin !== 1) throw new Problem('forbidden');
  if (caller.kind === 'session') return;
  if (access.sessionOnly) throw new Problem('session_required');
  if (!grants(caller.key.permissions, access.scope))
    throw new Problem('scope_missing', { scope: access.scope });
}

/**
 * A page of another site can make a browser send our cookie with a request (SameSite=Lax stops most of it);
 * browsers say where a request comes from, and one from elsewhere changes nothing here.
 */
function refuseOtherSites(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  if (request.headers['sec-fetch-site'] === 'cross-site') throw new Problem('request_from_elsewhere');
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const bearer = (authorization: string | undefined): string | undefined =>
  /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
