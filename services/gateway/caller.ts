import { createHash } from 'node:crypto';
import type { ApiKey } from '#catalog/api-keys';
import type { Session } from '#catalog/sessions';
import type { SharedLink } from '#catalog/shared-links';
import type { User } from '#catalog/users';

/** Who sent a request. A shared link's guest acts for the link's owner (`user`), within the link's limits. */
export type Caller =
  | { kind: 'session'; user: User; session: Session }
  | { kind: 'key'; user: User; key: ApiKey }
  | { kind: 'share'; user: User; link: SharedLink };

/** What a token or secret is stored and found by: its SHA-256. Tokens are random, so no salt is needed. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whether this caller may see the locked folder now. API keys and guests never may. */
export const isElevated = (caller: Caller, now: number): boolean =>
  caller.kind === 'session' && (caller.session.elevatedUntil ?? 0) > now;
