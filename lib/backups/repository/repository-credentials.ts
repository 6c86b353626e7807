import { checkedSecretKey, type ISecretKey } from '../../kubernetes/secret-key';

/** The users of a repository, for {@link checkCredentials}. */
export interface CredentialPair {
  /** Names of both references, for messages. */
  readonly names: string[];
  readonly backup: ISecretKey[];
  /** The user that removes backups. @default - the same */
  readonly prune?: ISecretKey[];
  readonly appendOnly?: boolean;
}

/**
 * Checks the credentials of a repository.
 *
 * @throws when they are not references, or an append-only repository has no user that may remove backups.
 */
export function checkCredentials({ names, backup, prune, appendOnly }: CredentialPair): void {
  names.forEach((name, position) => {
    checkedSecretKey(backup[position], `credentials.${name} of the backup repository`);
    if (prune) {
      checkedSecretKey(prune[position], `pruneCredentials.${name} of the backup repository`);
    }
  });
  if (!appendOnly) {
    return;
  }
  if (!prune) {
    throw new Error(
      'appendOnly is true, so credentials cannot delete backups and old ones would stay forever: use pruneCredentials of another user',
    );
  }
  backup.forEach(({ secretName, key }, position) => {
    if (prune[position].secretName === secretName && prune[position].key === key) {
      throw new Error(
        `credentials and pruneCredentials have the same ${names[position]}, key '${key}' of Secret '${secretName}', so a compromised ` +
          'backup job could delete the backups of an appendOnly repository: use pruneCredentials of another user',
      );
    }
  });
}
