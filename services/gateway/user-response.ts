import type { User } from '#catalog/users';
import { isoInstant, isoInstantOrNull } from '#contract/primitives';
import { AVATAR_COLORS, type AvatarColor, type UserAdminResponse, type UserResponse } from '#contract/users';

/** An account as everybody on the box may see it. */
export const userResponse = (user: User): UserResponse => ({
  id: user.id,
  name: user.name,
  email: user.email,
  profileImagePath: user.profileImage ?? '',
  avatarColor: avatarColor(user),
  profileChangedAt: isoInstant(user.profileChangedAt),
});

/** An account as its owner and administrators see it. */
export const userAdminResponse = (user: User): UserAdminResponse => ({
  ...userResponse(user),
  isAdmin: user.isAdmin === 1,
  shouldChangePassword: user.shouldChangePassword === 1,
  status: userStatus(user),
  createdAt: isoInstant(user.createdAt),
  updatedAt: isoInstant(user.updatedAt),
  deletedAt: isoInstantOrNull(user.deletedAt),
  oauthId: '',
  storageLabel: user.storageLabel,
  quotaSizeInBytes: user.quotaBytes,
  quotaUsageInBytes: user.usedBytes,
  license: null,
  // Faces are grouped for each account by itself.
  clusterGroupId: user.id,
});

function userStatus({ deletedAt, purgeAt }: User): UserAdminResponse['status'] {
  if (deletedAt === null) return 'active';
  return purgeAt !== null && purgeAt <= deletedAt ? 'removing' : 'deleted';
}

/** The chosen colour, or one that always is the same for an e-mail address. */
export function avatarColor({ avatarColor, email }: Pick<User, 'avatarColor' | 'email'>): AvatarColor {
  const chosen = AVATAR_COLORS.find((color) => color === avatarColor);
  if (chosen) return chosen;
  const sum = [...email].reduce((sum, character) => sum + character.codePointAt(0)!, 0);
  return AVATAR_COLORS[sum % AVATAR_COLORS.length]!;
}
