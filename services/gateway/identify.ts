import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '#contract/problems';
import { type Access, grants } from '#contract/scopes';
import { type Caller, hashToken } from './caller.ts';
import { readAppVersion } from './device.ts';
import type { GatewayParts } from './parts.ts';
import { findShare, LINK_COOKIE, readShareCredential, requireOpened } from './share-guest.ts';

/** Where a request or a websocket's upgrade may carry a credential. */
export interface Carriers {
  method: string;
  headers: IncomingHttpHeaders;
  query: Readonly<Record<string, unknown>>;
  cookies: Readonly<Record<string, string | undefined>>;
}

type Catalog = Pick<GatewayParts, 'queries' | 'writer' | 'now' | 'log'>;

/** A session's "last heard from" moves at most this often, so that browsing does not write. */
const TOUCH_EVERY_MS = 60 * 60_000;

/** While less than this remains of an elevation, each request moves its end to now + this. */
const ELEVATION_TAIL_MS = 5 * 60_000;

/** The end of an elevation moves by at least this: opening a locked folder asks for dozens of pictures at once. */
const ELEVATION_STEP_MS = 5_000;

/**
 * Finds the caller by the first credential present (contract §2.1); one that is present and wrong is final.
 * `acceptsShare`: a shared link may call here. Throws a Problem that says what is wrong with the credential.
 */
export function identify(carriers: Carriers, parts: Catalog, acceptsShare: boolean): Caller {
  const { headers, query, cookies } = carriers;
  const header = (name: string) => textOf(headers[name]);

  const share = readShareCredential(headers, query);
  if (share) {
    if (!acceptsShare) throw new Problem('forbidden');
    const { link, user } = findShare(parts, share);
    requireOpened(parts, link, cookies[LINK_COOKIE]);
    return { kind: 'share', user, link };
  }

  const explicit =
    header('x-immich-user-token') ??
    header('x-immich-session-token') ??
    textOf(query['sessionKey']) ??
    bearer(header('authorization'));
  const token = explicit ?? textOf(cookies['immich_access_token']);
  if (token !== undefined) {
    if (explicit === undefined) refuseOtherSites(carriers);
    return identifySession(headers['user-agent'], parts, token);
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

/** Throws unless the caller may do what a route or the socket declares. */
export function permit(caller: Caller, access: Access): void {
  if (caller.kind === 'share') {
    if (access.who === 'scope' && access.share) return;
    throw new Problem('forbidden');
  }
  if (access.who !== 'scope') return;
  if (access.admin && caller.user.isAdmin !== 1) throw new Problem('forbidden');
  if (caller.kind === 'session') return;
  if (access.sessionOnly) throw new Problem('session_required');
  if (!grants(caller.key.permissions, access.scope))
    throw new Problem('scope_missing', { scope: access.scope });
}

function identifySession(userAgent: string | undefined, parts: Catalog, token: string): Caller {
  const now = parts.now();
  const session = parts.queries.sessions.findByTokenHash(hashToken(token));
  const user = session && parts.queries.users.findById(session.userId);
  const hasExpired = session !== undefined && session.expiresAt !== null && session.expiresAt <= now;
  if (!session || !user || user.deletedAt !== null || hasExpired) throw new Problem('session_unknown');

  const appVersion = readAppVersion(userAgent);
  const isNewVersion = appVersion !== null && appVersion !== session.appVersion;
  const remainsMs = (session.elevatedUntil ?? 0) - now;
  const note = (change: Promise<void>) =>
    // The catalog may be unwritable while browsing goes on: "last heard from" is not worth an error page.
    change.catch((error: unknown) => parts.log.warn({ err: error }, 'session not noted'));
  if (isNewVersion || now - session.updatedAt >= TOUCH_EVERY_MS)
    void note(parts.writer.sessions.touch({ id: session.id, now, appVersion }));
  if (remainsMs > 0 && remainsMs <= ELEVATION_TAIL_MS - ELEVATION_STEP_MS)
    void note(parts.writer.sessions.extendElevation({ id: session.id, until: now + ELEVATION_TAIL_MS, now }));
  return { kind: 'session', user, session };
}

/**
 * A page of another site can make a browser send our cookie with a request (SameSite=Lax stops most of it);
 * browsers say where a request comes from, and one from elsewhere changes nothing here and hears no events.
 */
function refuseOtherSites({ method, headers }: Carriers): void {
  const isReading = (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
  if (!isReading && headers['sec-fetch-site'] === 'cross-site') throw new Problem('request_from_elsewhere');
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const bearer = (authorization: string | undefined): string | undefined =>
  /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
