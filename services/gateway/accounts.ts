import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Session } from '#catalog/sessions';
import type { User } from '#catalog/users';
import { isoInstant } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { hashToken } from './caller.ts';
import type { Device } from './device.ts';
import { buildLoginThrottle, type LoginThrottle } from './login-throttle.ts';
import type { GatewayParts } from './parts.ts';
import { buildPasswords, type Passwords } from './password.ts';

/** Shorter passwords are guessed before any delay helps (contract §2.4). */
const SHORTEST_PASSWORD = 8;

/** 256 bits: nobody guesses one, so that one SHA-256 of it is all that has to be kept. */
const TOKEN_BYTES = 32;

/** What the routes of accounts need beside the gateway's parts. */
export interface AccountParts extends GatewayParts {
  passwords: Passwords;
  attempts: LoginThrottle;
}

export const buildAccountParts = (parts: GatewayParts): AccountParts => ({
  ...parts,
  passwords: buildPasswords(),
  attempts: buildLoginThrottle({ now: parts.now, wait: (ms, signal) => wait(ms, undefined, { signal }) }),
});

/** A new token or secret, in letters that survive URLs and cookies. */
export function newToken(): string {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  // The command line client takes a key with a hyphen in front for one of its options.
  return token.startsWith('-') ? newToken() : token;
}

/** Addresses are the same in upper and lower case. */
export const plainEmail = (email: string): string => email.trim().toLowerCase();

/** The password as it is kept; throws `password_too_short`. */
export function hashPassword(
  { passwords }: Pick<AccountParts, 'passwords'>,
  password: string,
): Promise<string> {
  if ([...password].length < SHORTEST_PASSWORD) throw new Problem('password_too_short');
  return passwords.hash(password);
}

/**
 * The account that an e-mail address and its password open, or undefined. Slowed after mistakes, and as slow for
 * addresses that nobody has. A password that was kept in an older way is kept anew.
 */
export async function findByPassword(
  { queries, writer, passwords, attempts }: AccountParts,
  { email, password, address }: { email: string; password: string; address: string },
): Promise<User | undefined> {
  let userId: string | undefined;
  await attempts.attempt({ kind: 'password', email: plainEmail(email) }, address, async () => {
    const secrets = queries.users.findSecretsByEmail(plainEmail(email));
    const { matches, isOutdated } = await passwords.verify(secrets?.passwordHash, password);
    if (!secrets || !matches) return false;
    if (isOutdated)
      await writer.users.rehash({
        id: secrets.id,
        from: secrets.passwordHash,
        to: await passwords.hash(password),
      });
    userId = secrets.id;
    return true;
  });
  return userId === undefined ? undefined : queries.users.findById(userId);
}

/**
 * Throws unless the PIN, or else the password, is this user's: `pin_missing` when there is no PIN to compare,
 * `pin_wrong`, or `wrong_password`.
 */
export async function requireOwnSecret(
  parts: AccountParts,
  user: User,
  proof: { pinCode?: string | undefined; password?: string | undefined },
  address: string,
): Promise<void> {
  if (proof.pinCode === undefined && proof.password !== undefined) {
    const found = await findByPassword(parts, { email: user.email, password: proof.password, address });
    if (found?.id !== user.id) throw new Problem('wrong_password');
    return;
  }
  if (user.hasPin !== 1) throw new Problem('pin_missing');
  const isRight = await parts.attempts.attempt({ kind: 'pin', userId: user.id }, address, async () => {
    const secrets = parts.queries.users.findSecrets(user.id);
    return (await parts.passwords.verify(secrets?.pinHash, proof.pinCode ?? '')).matches;
  });
  if (!isRight) throw new Problem('pin_wrong');
}

/** Signs a device in; the token is told once and kept as its SHA-256. */
export async function startSession(
  { writer, now }: Pick<GatewayParts, 'writer' | 'now'>,
  session: Device & { userId: string; parentId?: string; expiresAt?: number },
): Promise<{ id: string; token: string }> {
  const token = newToken();
  const id = randomUUID();
  await writer.sessions.create({
    id,
    userId: session.userId,
    parentId: session.parentId ?? null,
    tokenHash: hashToken(token),
    deviceType: session.deviceType,
    deviceOs: session.deviceOs,
    appVersion: session.appVersion,
    expiresAt: session.expiresAt ?? null,
    now: now(),
  });
  return { id, token };
}

/** Ends the connections of sessions that are gone. */
export function disconnectSessions({ events }: Pick<GatewayParts, 'events'>, ids: readonly string[]): void {
  for (const id of ids) events.disconnectSession(id);
}

/** A session as its owner sees it; `currentId` is the session that asks. */
export const toSessionResponse = (session: Session, currentId: string | undefined) => ({
  id: session.id,
  createdAt: isoInstant(session.createdAt),
  updatedAt: isoInstant(session.updatedAt),
  ...(session.expiresAt !== null && { expiresAt: isoInstant(session.expiresAt) }),
  current: session.id === currentId,
  appVersion: session.appVersion,
  deviceOS: session.deviceOs,
  deviceType: session.deviceType,
  isPendingSyncReset: session.isPendingSyncReset === 1,
});
