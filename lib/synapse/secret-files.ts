import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import type { MatrixSynapseProps } from './matrix-synapse-props';
import { oidcSecretFile } from './oidc';
import { TURN_SECRET_FILE } from './turn';

/** File of settings that are secret as a whole. */
export const SECRET_CONFIG_FILE = 'secret-config.yaml';

/** File of the authorities that are trusted beside the public ones. */
export const AUTHORITIES_FILE = 'authorities.crt';

/** The files in Synapse's folder of secrets, as homeserver.yaml names them. */
export function secretFiles(props: MatrixSynapseProps): { [path: string]: ISecretKey } {
  const { secrets, oidcProviders, turn, postgres, secretConfig, caCertificates } = props;
  const oidc = (oidcProviders ?? []).map((provider): [string, ISecretKey] => [
    oidcSecretFile(provider),
    provider.clientSecret,
  ]);
  return {
    'signing.key': checkedSecretKey(secrets.signingKey, 'signingKey'),
    registration_shared_secret: checkedSecretKey(secrets.registrationSharedSecret, 'registrationSharedSecret'),
    macaroon_secret_key: checkedSecretKey(secrets.macaroonSecretKey, 'macaroonSecretKey'),
    form_secret: checkedSecretKey(secrets.formSecret, 'formSecret'),
    ...Object.fromEntries(oidc),
    ...(secretConfig ? { [SECRET_CONFIG_FILE]: checkedSecretKey(secretConfig, 'secretConfig') } : {}),
    ...(caCertificates ? { [AUTHORITIES_FILE]: checkedSecretKey(caCertificates, 'caCertificates') } : {}),
    ...(turn ? { [TURN_SECRET_FILE]: turn.sharedSecret } : {}),
    ...(postgres.tls.authority ? { 'database-ca.crt': postgres.tls.authority } : {}),
  };
}
