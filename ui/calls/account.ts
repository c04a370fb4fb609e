import type { UserAdminResponse, UserResponse } from '#contract/users';
import type { Api } from '../api.ts';

export function updateMe(api: Api, changes: { name?: string; email?: string }): Promise<UserAdminResponse> {
  return api.put('/users/me', changes);
}

/** `signOutOthers`: all other devices have to sign in again. */
export function changePassword(
  api: Api,
  { password, newPassword, signOutOthers }: { password: string; newPassword: string; signOutOthers: boolean },
): Promise<UserAdminResponse> {
  return api.post('/auth/change-password', { password, newPassword, invalidateSessions: signOutOthers });
}

/** Whether the account has a PIN for its locked folder. */
export async function hasPin(api: Api): Promise<boolean> {
  return (await api.get<{ pinCode: boolean }>('/auth/status')).pinCode;
}

export function setPin(api: Api, pinCode: string): Promise<void> {
  return api.post('/auth/pin-code', { pinCode });
}

/** The password proves who asks, also when the old PIN is forgotten. */
export function changePin(api: Api, newPinCode: string, password: string): Promise<void> {
  return api.put('/auth/pin-code', { newPinCode, password });
}

export function removePin(api: Api, password: string): Promise<void> {
  return api.remove('/auth/pin-code', { password });
}

/** The box makes a small square of it; what it cannot read is refused in words. */
export function setPortrait(api: Api, file: File): Promise<unknown> {
  const form = new FormData();
  form.append('file', file, file.name);
  return api.post('/users/profile-image', form);
}

export function removePortrait(api: Api): Promise<void> {
  return api.remove('/users/profile-image');
}

/** Where the picture of an account is; undefined when it has none. A new picture has a new address. */
export function portraitUrl({
  id,
  profileImagePath,
  profileChangedAt,
}: Pick<UserResponse, 'id' | 'profileImagePath' | 'profileChangedAt'>): string | undefined {
  if (profileImagePath === '') return undefined;
  return `/api/users/${id}/profile-image?c=${encodeURIComponent(profileChangedAt)}`;
}
