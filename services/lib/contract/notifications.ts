import { type Static, Type } from 'typebox';
import { Id, Ids, Instant, Nullable } from './primitives.ts';

export const NOTIFICATION_TYPES = [
  'JobFailed',
  'BackupFailed',
  'SystemMessage',
  'AlbumInvite',
  'AlbumUpdate',
  'ClusterGroupRequest',
  'Custom',
] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

export const NOTIFICATION_LEVELS = ['success', 'error', 'warning', 'info'] as const;
export type NotificationLevel = (typeof NOTIFICATION_LEVELS)[number];

const Kind = Type.Enum([...NOTIFICATION_TYPES]);
const Level = Type.Enum([...NOTIFICATION_LEVELS]);
const Data = Type.Record(Type.String(), Type.Unknown());

/** News for one account (contract §8.1); what is absent was never said. */
export const NotificationResponse = Type.Object({
  id: Id,
  type: Kind,
  level: Level,
  title: Type.String(),
  createdAt: Instant,
  description: Type.Optional(Type.String()),
  data: Type.Optional(Data),
  readAt: Type.Optional(Instant),
});
export type NotificationResponse = Static<typeof NotificationResponse>;

export const NotificationQuery = Type.Object({
  id: Type.Optional(Id),
  type: Type.Optional(Kind),
  level: Type.Optional(Level),
  unread: Type.Optional(Type.Boolean()),
});

/** Null makes it unread again; absent changes nothing. */
const readAt = Type.Optional(Nullable(Instant));
export const NotificationUpdateBody = Type.Object({ readAt });
export const NotificationsUpdateBody = Type.Object({ ids: Ids, readAt });
export const NotificationsDeleteBody = Type.Object({ ids: Ids });

export const NotificationCreateBody = Type.Object({
  userId: Id,
  title: Type.String({ minLength: 1, maxLength: 500 }),
  type: Type.Optional(Kind),
  level: Type.Optional(Level),
  description: Type.Optional(Nullable(Type.String({ maxLength: 10_000 }))),
  data: Type.Optional(Data),
  readAt,
});
