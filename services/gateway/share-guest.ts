import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { SharedLink } from '#catalog/shared-links';
import type { User } from '#catalog/users';
import { Problem } from '#contract/problems';
import type { GatewayParts } from './parts.ts';

type Catalog = Pick<GatewayParts, 'queries' | 'now'>;

/** What a guest presents. */
export type ShareCredential = { key: string } | { slug: string };

/** Holds the tokens of all links whose passwords this browser has given, joined by commas (contract §2.8). */
export const LINK_COOKIE = 'immich_shared_link_token';

/** Bytes of a link's key; 400 bits are not guessed. */
export const KEY_BYTES = 50;

/** The oldest are dropped from the cookie: browsers keep 4096 bytes, and a token has 43. */
const MOST_TOKENS = 40;

/** The key or slug of a request, if it has one. */
export function readShareCredential(
  headers: IncomingHttpHeaders,
  query: Readonly<Record<string, unknown>>,
): ShareCredential | undefined {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const key = text(headers['x-immich-share-key']) ?? text(query['key']);
  if (key !== undefined) return { key };
  const slug = text(headers['x-immich-share-slug']) ?? text(query['slug']);
  return slug === undefined ? undefined : { slug };
}

/**
 * The link behind a credential and its owner. Throws `share_key_unknown` or `share_slug_unknown` when there is
 * none, when it has expired, and when its owner's account is deleted. Does not ask for the password.
 */
export function findShare({ queries, now }: Catalog, credential: ShareCredential) {
  const isKey = 'key' in credential;
  const key = isKey ? readKey(credential.key) : undefined;
  const link = isKey
    ? key && queries.sharedLinks.findByKey(key)
    : queries.sharedLinks.findBySlug(credential.slug);
  const user = link && queries.users.findById(link.userId);
  const hasExpired = link !== undefined && link.expiresAt !== null && link.expiresAt <= now();
  if (!link || !user || user.deletedAt !== null || hasExpired)
    throw new Problem(isKey ? 'share_key_unknown' : 'share_slug_unknown');
  return { link, user } satisfies { link: SharedLink; user: User };
}

/** Throws `share_password_required` unless the link has no password, or the cookie says that it was given. */
export function requireOpened(parts: Catalog, link: SharedLink, cookie: string | undefined): void {
  if (link.password === null) return;
  const expected = linkToken(parts, link);
  // Every token is compared, so that the time tells nothing.
  const hits = (cookie ?? '').split(',').filter((token) => isSame(token, expected));
  if (hits.length === 0) throw new Problem('share_password_required');
}

/** Whether this is the link's password; takes as long for a wrong one. */
export const isPasswordOf = (link: SharedLink, password: string): boolean =>
  isSame(password.normalize('NFKC'), (link.password ?? '').normalize('NFKC')) && link.password !== null;

/** The cookie's new value: what it held, and this link's token. */
export function withToken(parts: Catalog, link: SharedLink, cookie: string | undefined): string {
  const token = linkToken(parts, link);
  const others = (cookie ?? '').split(',').filter((one) => /^[\w-]{43}$/.test(one) && one !== token);
  return [...others.slice(1 - MOST_TOKENS), token].join(',');
}

/** 50 bytes as base64url without padding, or as 100 hex digits. */
function readKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{100}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[\w-]{67}$/.test(text) ? Buffer.from(text, 'base64url') : undefined;
}

/**
 * Shows that its bearer gave the link's password as it is today: another password makes another token. Signed
 * with what only the box knows of the link's owner, so that guests cannot try passwords by making tokens.
 */
function linkToken({ queries }: Catalog, { id, userId, password }: SharedLink): string {
  const secrets = queries.users.findSecrets(userId);
  if (!secrets) throw new Problem('share_key_unknown');
  return createHmac('sha256', secrets.passwordHash)
    .update(JSON.stringify(['shared link', id, password]))
    .digest('base64url');
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
