import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import type { SystemSecrets } from '../secrets/system-secrets';
import type { HomeserverConfig } from './config/homeserver-config';

/** Folder of the file with the server's earlier keys, which is empty until the first rotation. */
export const OLD_SIGNING_KEYS = '/old-signing-keys';

/** The file. Synapse reads from the folder what ends so. */
export const OLD_SIGNING_KEYS_FILE = 'old-signing-keys.yaml';

/**
 * Where the public parts of the server's earlier signing keys are, when a rotation keeps them.
 *
 * @throws when homeserver.yaml has them too: of two blocks of one name Synapse reads the last alone.
 */
export function oldSigningKeys({ oldSigningKeys }: SystemSecrets, config?: HomeserverConfig): ISecretKey | undefined {
  if (oldSigningKeys && config?.settings.old_signing_keys) {
    throw new Error(
      `homeserver setting 'old_signing_keys' would be lost beside those that a rotation keeps: put the block into Secret ` +
        `'${oldSigningKeys.secretName}' under the key '${oldSigningKeys.key}', as YAML that begins with 'old_signing_keys:'`,
    );
  }
  return oldSigningKeys && checkedSecretKey(oldSigningKeys, 'oldSigningKeys');
}
