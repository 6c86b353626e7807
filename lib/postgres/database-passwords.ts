import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import type { SystemSecrets } from '../secrets/system-secrets';

/** Passwords of the roles of the in-cluster database. */
export interface DatabasePasswords {
  /** Of Synapse's user, which owns the database. */
  readonly owner: ISecretKey;
  /** Of the role `backup`. */
  readonly backup: ISecretKey;
}

/**
 * The passwords of the in-cluster database.
 *
 * @throws when one is missing or no reference.
 */
export function databasePasswords({ databasePassword, backupPassword }: SystemSecrets): DatabasePasswords {
  if (!databasePassword || !backupPassword) {
    throw new Error(
      'the in-cluster database needs databasePassword and backupPassword: add them to MatrixSecrets.existing({...}), ' +
        'give `database` to bind(), or use MatrixPostgres.external({...})',
    );
  }
  return {
    owner: checkedSecretKey(databasePassword, 'databasePassword'),
    backup: checkedSecretKey(backupPassword, 'backupPassword'),
  };
}
