import type { Catalog } from './open.ts';
import { userFolder } from './user-folder.ts';

/** What somebody who claims the box has entered. */
export interface Claimant {
  /** Lower case. */
  email: string;
  name: string;
  passwordHash: string;
  now: number;
}

/**
 * Accounts that were made again from the drives have no password and nobody is an administrator, so that the box
 * is claimed as a new one is: once, and only from the local network. Whoever claims it under the e-mail address of
 * such an account, or under the name that its folder was made from, gets that account with its photos. The others
 * stay closed until the administrator gives each a password.
 */
export function rebuiltAccounts(db: Catalog) {
  const byEmail = db
    .prepare<[string], string>('SELECT id FROM user WHERE is_rebuilt = 1 AND email = ?')
    .pluck();
  const byFolder = db
    .prepare<[string], string>('SELECT id FROM user WHERE is_rebuilt = 1 AND folder = ?')
    .pluck();
  const take = db.prepare<Claimant & { id: string }>(`
    UPDATE user SET email = @email, name = @name, password_hash = @passwordHash, is_admin = 1, is_rebuilt = 0,
      deleted_at = NULL, purge_at = NULL, updated_at = @now WHERE id = @id`);
  return {
    /** Gives the claimant their account; returns its id, or undefined when none is theirs. */
    claim: (claimant: Claimant): string | undefined => {
      const id = byEmail.get(claimant.email) ?? byFolder.get(userFolder(claimant.name, []));
      if (id !== undefined) take.run({ ...claimant, id });
      return id;
    },
  };
}
