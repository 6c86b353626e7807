export { type ExternalSecretsProps, SecretStore } from './external-secrets';
export type { GeneratedSecretsOptions } from './generated-secrets';
export { SecretKind, type SecretOptions, type SecretRotation } from './secret-request';
export { Secrets } from './secrets';
