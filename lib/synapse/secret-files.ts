import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import type { IMatrixDatabase } from '../postgres/database';
import { SecretKind } from '../secrets/secret-request';
import type { System } from '../system';
import { oidcSecretFile } from './integrations/oidc';
import { TURN_SECRET_FILE } from './integrations/turn';
import type { SynapseOptions } from './synapse-options';

/** File of settings that are secret as a whole. */
export const SECRET_CONFIG_FILE = 'secret-config.yaml';

/** File of the authorities that are trusted beside the public ones. */
export const AUTHORITIES_FILE = 'authorities.crt';

/** Folder of the file with the server's earlier signing keys, which is empty until the first rotation. */
export const OLD_SIGNING_KEYS = '/old-signing-keys';

/** The file. Synapse reads from the folder what ends so. */
export const OLD_SIGNING_KEYS_FILE = 'old-signing-keys.yaml';

const IDENTITY = 'matrix-signing-key';

/** The files in Synapse's folder of secrets, as homeserver.yaml names them. */
export function secretFiles(
  system: System,
  database: IMatrixDatabase,
  options: SynapseOptions,
): { [path: string]: ISecretKey } {
  const { oidcProviders = [], turn, secretConfig, caCertificates } = options;
  const oidc = oidcProviders.map((provider): [string, ISecretKey] => [oidcSecretFile(provider), provider.clientSecret]);
  return {
    ...ownSecrets(system),
    ...Object.fromEntries(oidc),
    ...(secretConfig ? { [SECRET_CONFIG_FILE]: checkedSecretKey(secretConfig, 'secretConfig') } : {}),
    ...(caCertificates ? { [AUTHORITIES_FILE]: checkedSecretKey(caCertificates, 'caCertificates') } : {}),
    ...(turn ? { [TURN_SECRET_FILE]: turn.sharedSecret } : {}),
    ...(database.tls.authority ? { 'database-ca.crt': database.tls.authority } : {}),
  };
}

/** The secrets that no prop brings. The names are part of the contract with UserService and AgencyService. */
function ownSecrets(system: System): { [path: string]: ISecretKey } {
  const secret = (key: string, rotation: string, effect: string) =>
    system.secret('matrix-synapse-secret', key, SecretKind.PASSWORD, { rotation: { name: rotation, effect } });
  const macaroon =
    'Nobody is logged out: access tokens are in the database. Guests are, log-ins through a provider that are under way begin again, ' +
    'and links in mails that were sent are void.';
  return {
    'signing.key': system.secret(IDENTITY, 'signing.key', SecretKind.SIGNING_KEY, {
      rotation: {
        name: 'signing-key',
        effect: 'What was signed before stays valid: other servers find the old key among the expired ones.',
        oldKeysIn: OLD_SIGNING_KEYS_FILE,
      },
    }),
    registration_shared_secret: secret(
      'registration_shared_secret',
      'registration',
      'Restart UserService and AgencyService: until then they cannot register anybody.',
    ),
    macaroon_secret_key: secret('macaroon_secret_key', 'macaroon', macaroon),
    form_secret: secret('form_secret', 'macaroon', macaroon),
  };
}

/**
 * Where the public parts of the server's earlier signing keys are, when a rotation keeps them.
 *
 * @throws when homeserver.yaml has them too: of two blocks of one name Synapse reads only the last.
 */
export function oldSigningKeys(system: System, { config }: SynapseOptions): ISecretKey | undefined {
  const reference = system.optionalSecret(IDENTITY, OLD_SIGNING_KEYS_FILE, { alias: 'oldSigningKeys' });
  if (reference && config?.settings.old_signing_keys) {
    throw new Error(
      `homeserver setting 'old_signing_keys' would be lost beside those that a rotation keeps: put the block into Secret ` +
        `'${reference.secretName}' under the key '${reference.key}', as YAML that begins with 'old_signing_keys:'`,
    );
  }
  return reference;
}
