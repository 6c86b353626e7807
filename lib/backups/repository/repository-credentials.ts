import { checkedSecretKey, type ISecretKey } from '../../kubernetes/secret-key';

/** Who comes to a repository, for {@link checkCredentials}. */
export interface CredentialPair {
  /** Names of both references, for messages. */
  readonly names: string[];
  readonly backup: ISecretKey[];
  /** Whoever forgets sets; undefined where that is the same. */
  readonly prune?: ISecretKey[];
  readonly appendOnly?: boolean;
}

/**
 * Checks the credentials of a repository.
 *
 * @throws when they are no references, or an append-only repository has none of its own for whoever forgets sets.
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
      `appendOnly says that credentials may delete nothing, so that nobody could forget old sets: write pruneCredentials, those of another user`,
    );
  }
  backup.forEach(({ secretName, key }, position) => {
    if (prune[position].secretName === secretName && prune[position].key === key) {
      throw new Error(
        `credentials and pruneCredentials have the same ${names[position]}, key '${key}' of Secret '${secretName}': whoever takes over a ` +
          `backup could delete the sets of an appendOnly repository. Write pruneCredentials of another user`,
      );
    }
  });
}
