import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable } from './primitives.ts';

/** Where a phone or a browser can open this box, the best for a phone first. */
export const Addresses = Type.Object({
  addresses: Type.Array(
    Type.Object({
      url: Type.String(),
      /** `domain`: what the owner has entered as its address from everywhere. */
      kind: Type.Union([Type.Literal('ip'), Type.Literal('name'), Type.Literal('domain')]),
    }),
  ),
});

/** A signed-in phone and what it has sent since it signed in. */
export const Phone = Type.Object({
  sessionId: Id,
  userId: Id,
  userName: Type.String(),
  /** The model as the phone says it; empty when it does not. */
  model: Type.String(),
  /** `Android`, `iOS`. */
  os: Type.String(),
  appVersion: Nullable(Type.String()),
  signedInAt: Instant,
  /** To the hour, or when its last file came. */
  lastHeardAt: Instant,
  /** Files that were new to the box; a live photo has two. */
  sentToday: Type.Integer(),
  sentInAll: Type.Integer(),
  /** When the newest of them came; null while there is none. */
  lastSentAt: Nullable(Instant),
});
export type Phone = Static<typeof Phone>;
