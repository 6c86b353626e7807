export { CallIdentity } from './call-identity';
export { type CallingServer, FederatedUsers } from './federated-users';
export { MatrixTokenService, type MatrixTokenServiceProps } from './matrix-token-service';
export type { TokenServiceOptions } from './token-service-options';
