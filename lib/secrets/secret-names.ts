import { objectName } from '../kubernetes/metadata/names';
import { SecretKey } from '../kubernetes/secret-key';
import type { SecretsContext, SystemSecrets } from './system-secrets';

/**
 * Where our own sources put the secrets. The names are part of the contract with UserService and AgencyService.
 */
export function secretNames(context: SecretsContext): SystemSecrets {
  const synapse = objectName(context.namePrefix, 'matrix-synapse-secret');
  const postgres = objectName(context.namePrefix, 'matrix-postgres-secret');
  return {
    signingKey: SecretKey.of(objectName(context.namePrefix, 'matrix-signing-key'), 'signing.key'),
    registrationSharedSecret: SecretKey.of(synapse, 'registration_shared_secret'),
    macaroonSecretKey: SecretKey.of(synapse, 'macaroon_secret_key'),
    formSecret: SecretKey.of(synapse, 'form_secret'),
    ...(context.database
      ? {
          databasePassword: SecretKey.of(postgres, 'POSTGRES_PASSWORD'),
          backupPassword: SecretKey.of(postgres, 'BACKUP_PASSWORD'),
          repositoryPassword: SecretKey.of(
            objectName(context.namePrefix, 'matrix-backup-secret'),
            'repository_password',
          ),
        }
      : {}),
    ...(context.adminUsername
      ? { adminPassword: SecretKey.of(objectName(context.namePrefix, 'matrix-admin-secret'), 'password') }
      : {}),
  };
}
