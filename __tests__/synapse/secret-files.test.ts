import { DatabaseTls, HomeserverConfig, type MatrixSynapseProps, SecretKey, Secrets } from '../../lib';
import { oldSigningKeys, secretFiles } from '../../lib/synapse/secret-files';
import { EXISTING_SECRETS, emptyChart, external, systemIn } from '../support/parts';

const existing = (further = {}) =>
  systemIn(emptyChart(), { secrets: Secrets.existing({ ...EXISTING_SECRETS, ...further }) });
const filesOf = (options: Partial<MatrixSynapseProps> = {}, database = external()) =>
  secretFiles(existing(), database, options);

const OWN = {
  'signing.key': EXISTING_SECRETS.signingKey,
  registration_shared_secret: EXISTING_SECRETS.registrationSharedSecret,
  macaroon_secret_key: EXISTING_SECRETS.macaroonSecretKey,
  form_secret: EXISTING_SECRETS.formSecret,
};

it('has the four secrets of every server', () => {
  expect(filesOf()).toEqual(OWN);
});

it("has the secrets of providers and TURN, and the database's CA", () => {
  const [client, shared, ca] = ['keycloak', 'turn', 'ca'].map((name) => SecretKey.fromSecretName(name, 'key'));
  const keycloak = { id: 'keycloak', name: 'K', issuer: 'https://k.example.org', clientId: 'c', clientSecret: client };
  const turn = { uris: ['turn:t.example.org'], sharedSecret: shared };
  expect(filesOf({ oidcProviders: [keycloak], turn }, external({ tls: DatabaseTls.verifiedBy(ca) }))).toEqual({
    ...OWN,
    'oidc-keycloak': client,
    turn_shared_secret: shared,
    'database-ca.crt': ca,
  });
});

it('has the file of secretConfig', () => {
  const secretConfig = SecretKey.fromSecretName('mail', 'settings.yaml');
  expect(filesOf({ secretConfig })).toEqual({ ...OWN, 'secret-config.yaml': secretConfig });
});

it('has the file of caCertificates', () => {
  const caCertificates = SecretKey.fromSecretName('own-authority', 'ca.crt');
  expect(filesOf({ caCertificates })).toEqual({ ...OWN, 'authorities.crt': caCertificates });
});

describe('earlier signing keys', () => {
  const REFERENCE = SecretKey.fromSecretName('identity', 'old.yaml');
  const kept = () => existing({ oldSigningKeys: REFERENCE });
  const ours = HomeserverConfig.recommended().extend({
    old_signing_keys: { 'ed25519:a': { key: 'x', expired_ts: 1 } },
  });

  it('come from the source of secrets', () => {
    expect(oldSigningKeys(kept(), {})).toBe(REFERENCE);
    expect(oldSigningKeys(kept(), { config: HomeserverConfig.recommended() })).toBe(REFERENCE);
    expect(oldSigningKeys(systemIn(emptyChart()), {})).toEqual({
      secretName: 'matrix-signing-key',
      key: 'old-signing-keys.yaml',
    });
  });

  it('may be in config when no rotation keeps them', () => {
    expect(oldSigningKeys(existing(), { config: ours })).toBeUndefined();
  });

  it('are refused in config when a rotation keeps them', () => {
    const make = () => oldSigningKeys(kept(), { config: ours });
    expect(make).toThrow("homeserver setting 'old_signing_keys'");
    expect(make).toThrow("Secret 'identity' under the key 'old.yaml'");
  });
});
