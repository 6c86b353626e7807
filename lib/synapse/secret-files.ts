import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import type { IMatrixDatabase } from '../postgres/database';
import { SecretKind } from '../secrets/secret-request';
import type { System } from '../system';
import { membershipLookupSecrets } from './integrations/membership-lookup';
import { oidcSecretFile } from './integrations/oidc';
import { TURN_SECRET_FILE } from './integrations/turn';
import type { MatrixSynapseProps, SynapseOptions } from './synapse-options';
import { valkeyPassword } from './workers/valkey/valkey';
import { REPLICATION_SECRET_FILE, VALKEY_PASSWORD_FILE } from './workers/worker-settings';

/** File of the settings in `secretConfig`. */
export const SECRET_CONFIG_FILE = 'secret-config.yaml';

/** File of the private CAs that Synapse trusts beside the public ones. */
export const AUTHORITIES_FILE = 'authorities.crt';

/** File of the private CA of the database. */
export const DATABASE_CA_FILE = 'database-ca.crt';

/** Folder of the server's earlier signing keys; empty until the first rotation. */
export const OLD_SIGNING_KEYS = '/old-signing-keys';

/** File of the earlier signing keys. Synapse reads the `.yaml` files of the folder. */
export const OLD_SIGNING_KEYS_FILE = 'old-signing-keys.yaml';

const SIGNING_KEY_SECRET = 'matrix-signing-key';

/** The files in Synapse's secrets folder, under the names that homeserver.yaml uses. */
export function secretFiles(
  system: System,
  database: IMatrixDatabase,
  options: SynapseOptions & Pick<MatrixSynapseProps, 'membershipLookup' | 'turn'>,
  workers = false,
): { [path: string]: ISecretKey } {
  const { oidcProviders = [], turn, secretConfig, caCertificates, media } = options;
  const oidc = oidcProviders.map((provider): [string, ISecretKey] => [oidcSecretFile(provider), provider.clientSecret]);
  return {
    ...ownSecrets(system),
    ...(workers ? workerSecrets(system) : {}),
    ...(options.membershipLookup ? membershipLookupSecrets(system) : {}),
    ...Object.fromEntries(oidc),
    ...(secretConfig ? { [SECRET_CONFIG_FILE]: checkedSecretKey(secretConfig, 'secretConfig') } : {}),
    ...(caCertificates ? { [AUTHORITIES_FILE]: checkedSecretKey(caCertificates, 'caCertificates') } : {}),
    ...(turn ? { [TURN_SECRET_FILE]: turn.sharedSecret } : {}),
    ...(media?._bucket?.secretFiles ?? {}),
    ...(database.tls.authority ? { [DATABASE_CA_FILE]: database.tls.authority } : {}),
  };
}

/** The secrets by which the processes of Synapse reach one another. */
function workerSecrets(system: System): { [path: string]: ISecretKey } {
  const effect = 'Every process of Synapse restarts; people wait for some seconds.';
  return {
    [REPLICATION_SECRET_FILE]: system.secret('matrix-synapse-secret', REPLICATION_SECRET_FILE, SecretKind.PASSWORD, {
      rotation: { name: 'replication', effect },
    }),
    [VALKEY_PASSWORD_FILE]: valkeyPassword(system),
  };
}

/** The secrets of every homeserver. Their names are part of the contract with UserService and AgencyService. */
function ownSecrets(system: System): { [path: string]: ISecretKey } {
  const secret = (key: string, rotation: string, effect: string) =>
    system.secret('matrix-synapse-secret', key, SecretKind.PASSWORD, { rotation: { name: rotation, effect } });
  const macaroon =
    'Users stay logged in, because access tokens are in the database. Guests are logged out, logins through a provider ' +
    'that are in progress must be started again, and links in mails that were sent no longer work.';
  return {
    'signing.key': system.secret(SIGNING_KEY_SECRET, 'signing.key', SecretKind.SIGNING_KEY, {
      rotation: {
        name: 'signing-key',
        effect: 'Existing signatures stay valid: other servers find the old key among the expired keys.',
        oldKeysIn: OLD_SIGNING_KEYS_FILE,
      },
    }),
    registration_shared_secret: secret(
      'registration_shared_secret',
      'registration',
      'Restart UserService and AgencyService: until then they cannot register accounts.',
    ),
    macaroon_secret_key: secret('macaroon_secret_key', 'macaroon', macaroon),
    form_secret: secret('form_secret', 'macaroon', macaroon),
  };
}

/**
 * Reference to the public parts of the server's earlier signing keys; undefined when no rotation keeps them.
 *
 * @throws when `config` has earlier signing keys too, because Synapse reads only the last of two blocks with one name.
 */
export function oldSigningKeys(system: System, { config }: SynapseOptions): ISecretKey | undefined {
  const reference = system.optionalSecret(SIGNING_KEY_SECRET, OLD_SIGNING_KEYS_FILE, { alias: 'oldSigningKeys' });
  if (reference && config?.settings.old_signing_keys) {
    throw new Error(
      "homeserver setting 'old_signing_keys' would be lost, because Synapse reads only the keys that rotations keep: move " +
        `the block to Secret '${reference.secretName}' under the key '${reference.key}', as YAML that begins with ` +
        "'old_signing_keys:'",
    );
  }
  return reference;
}
