import { Type } from 'typebox';
import { Id, Instant, Nullable } from './primitives.ts';

const session = {
  id: Id,
  createdAt: Instant,
  updatedAt: Instant,
  expiresAt: Type.Optional(Instant),
  /** Whether it is the session that asks. */
  current: Type.Boolean(),
  appVersion: Nullable(Type.String()),
  /** Empty when unknown. */
  deviceOS: Type.String(),
  deviceType: Type.String(),
  isPendingSyncReset: Type.Boolean(),
};

export const SessionResponse = Type.Object(session);

export const SessionCreateResponse = Type.Object({ ...session, token: Type.String() });

export const SessionCreate = Type.Object({
  /** Seconds; absent: it ends with the session that made it. */
  duration: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 * 365 * 86_400 })),
  deviceType: Type.Optional(Type.String({ maxLength: 200 })),
  deviceOS: Type.Optional(Type.String({ maxLength: 200 })),
});

export const SessionUpdate = Type.Object({ isPendingSyncReset: Type.Optional(Type.Boolean()) });
