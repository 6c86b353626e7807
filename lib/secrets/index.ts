export { type ExternalSecretsProps, SecretStore } from './external-secrets';
export { SecretKind, type SecretOptions, type SecretRotation } from './secret-request';
export { Secrets } from './secrets';
