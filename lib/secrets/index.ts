export { type ExternalSecretsProps, SecretStore } from './external-secrets';
export { MatrixSecrets } from './matrix-secrets';
export type { SecretsContext, SystemSecrets } from './system-secrets';
