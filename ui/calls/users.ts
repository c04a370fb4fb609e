import type { UserAdminResponse } from '#contract/users';
import type { Api } from '../api.ts';

export type Account = UserAdminResponse;

/** All accounts of the box, those that were deleted and can be brought back too. For administrators. */
export function listAccounts(api: Api): Promise<Account[]> {
  return api.get('/admin/users', { withDeleted: true });
}

/** What an administrator decides about an account. */
export interface AccountWishes {
  name: string;
  email: string;
  isAdmin: boolean;
  /** Bytes; null: no limit. */
  quotaSizeInBytes: number | null;
}

/** The password is only for the first time: its owner is asked for one of their own. */
export function createAccount(api: Api, account: AccountWishes & { password: string }): Promise<Account> {
  return api.post('/admin/users', { ...account, shouldChangePassword: true });
}

/** Without a password it stays as it is; a new one signs the account out everywhere. */
export function updateAccount(
  api: Api,
  id: string,
  changes: AccountWishes & { password?: string; shouldChangePassword?: boolean },
): Promise<Account> {
  return api.put(`/admin/users/${id}`, changes);
}

/** It can no longer sign in, and can be restored for a while. */
export function deleteAccount(api: Api, id: string): Promise<Account> {
  return api.remove(`/admin/users/${id}`, {});
}

export function restoreAccount(api: Api, id: string): Promise<Account> {
  return api.post(`/admin/users/${id}/restore`);
}
