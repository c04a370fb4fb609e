import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable } from './primitives.ts';

export const AVATAR_COLORS = [
  'primary',
  'pink',
  'red',
  'yellow',
  'blue',
  'green',
  'purple',
  'orange',
  'gray',
  'amber',
] as const;
export type AvatarColor = (typeof AVATAR_COLORS)[number];
export const AvatarColor = Type.Enum([...AVATAR_COLORS]);

/** What an e-mail address is allowed to look like when one is set: it only has to be told apart, nothing is sent. */
export const Email = Type.String({ maxLength: 254, pattern: '^\\s*[^\\s@]+@[^\\s@]+\\s*$' });

/** Longer passwords would only let strangers make the box work; shorter ones are refused in words of their own. */
export const Password = Type.String({ minLength: 1, maxLength: 1000 });

export const PersonName = Type.String({ minLength: 1, maxLength: 200 });

export const PinCode = Type.String({ pattern: '^[0-9]{6}$' });

/** An account as everybody on the box may see it. */
export const UserResponse = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  /** Empty when there is no picture. */
  profileImagePath: Type.String(),
  avatarColor: AvatarColor,
  profileChangedAt: Instant,
});
export type UserResponse = Static<typeof UserResponse>;

/** An account as its owner and administrators see it. */
export const UserAdminResponse = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  profileImagePath: Type.String(),
  avatarColor: AvatarColor,
  profileChangedAt: Instant,
  isAdmin: Type.Boolean(),
  shouldChangePassword: Type.Boolean(),
  /** `deleted`: can be restored; `removing`: its photos may be removed at any time. */
  status: Type.Union([Type.Literal('active'), Type.Literal('removing'), Type.Literal('deleted')]),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Nullable(Instant),
  oauthId: Type.String(),
  storageLabel: Nullable(Type.String()),
  /** Bytes; null: no limit. */
  quotaSizeInBytes: Nullable(Type.Integer()),
  quotaUsageInBytes: Nullable(Type.Integer()),
  /** Always null: nothing is sold here. */
  license: Type.Null(),
  clusterGroupId: Id,
});
export type UserAdminResponse = Static<typeof UserAdminResponse>;

/** `PUT /users/me`: absent is kept. The password is how the phone app changes it. */
export const UserUpdate = Type.Object({
  name: Type.Optional(PersonName),
  email: Type.Optional(Email),
  password: Type.Optional(Password),
  avatarColor: Type.Optional(Nullable(AvatarColor)),
});

const managed = {
  isAdmin: Type.Optional(Type.Boolean()),
  shouldChangePassword: Type.Optional(Type.Boolean()),
  avatarColor: Type.Optional(Nullable(AvatarColor)),
  pinCode: Type.Optional(Nullable(PinCode)),
  quotaSizeInBytes: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }))),
  storageLabel: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
};

export const UserAdminCreate = Type.Object({
  email: Email,
  name: PersonName,
  password: Password,
  /** Accepted and ignored: the box sends no e-mail. */
  notify: Type.Optional(Type.Boolean()),
  ...managed,
});

export const UserAdminUpdate = Type.Object({
  email: Type.Optional(Email),
  name: Type.Optional(PersonName),
  password: Type.Optional(Password),
  ...managed,
});

export const UserAdminDelete = Type.Object({ force: Type.Optional(Type.Boolean()) });

export const Onboarding = Type.Object({ isOnboarded: Type.Boolean() });

/** How many photos and videos somebody has. */
export const AssetCounts = Type.Object({
  images: Type.Integer(),
  videos: Type.Integer(),
  total: Type.Integer(),
});

export const ProfileImageResponse = Type.Object({
  userId: Id,
  profileImagePath: Type.String(),
  profileChangedAt: Instant,
});
