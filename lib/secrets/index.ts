export { ExternalSecretsProps, SecretStore } from './external-secrets';
export { GeneratedSecretsProps } from './generated-secrets';
export { MatrixSecrets } from './matrix-secrets';
export { SecretsContext, SystemSecrets } from './system-secrets';
