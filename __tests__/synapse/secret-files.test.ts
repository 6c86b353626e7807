import { DatabaseTls, SecretKey } from '../../lib';
import { secretFiles } from '../../lib/synapse/secret-files';
import { external, untyped } from '../support/parts';
import { EXISTING_SECRETS } from '../support/systems';

const PROPS = {
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  postgres: external(),
  secrets: EXISTING_SECRETS,
};
const OWN = {
  'signing.key': EXISTING_SECRETS.signingKey,
  registration_shared_secret: EXISTING_SECRETS.registrationSharedSecret,
  macaroon_secret_key: EXISTING_SECRETS.macaroonSecretKey,
  form_secret: EXISTING_SECRETS.formSecret,
};

it('are the four of every server', () => {
  expect(secretFiles(PROPS)).toEqual(OWN);
});

it('are joined by those of providers, TURN and the authority of the database', () => {
  const [client, shared, ca] = ['keycloak', 'turn', 'ca'].map((name) => SecretKey.of(name, 'key'));
  const keycloak = { id: 'keycloak', name: 'K', issuer: 'https://k.example.org', clientId: 'c', clientSecret: client };
  expect(
    secretFiles({
      ...PROPS,
      postgres: external({ tls: DatabaseTls.verifiedBy(ca) }),
      oidcProviders: [keycloak],
      turn: { uris: ['turn:t.example.org'], sharedSecret: shared },
    }),
  ).toEqual({ ...OWN, 'oidc-keycloak': client, turn_shared_secret: shared, 'database-ca.crt': ca });
});

it('are joined by a file of settings', () => {
  const secretConfig = SecretKey.of('mail', 'settings.yaml');
  expect(secretFiles({ ...PROPS, secretConfig })).toEqual({ ...OWN, 'secret-config.yaml': secretConfig });
});

it('are joined by the authorities that are trusted', () => {
  const caCertificates = SecretKey.of('own-authority', 'ca.crt');
  expect(secretFiles({ ...PROPS, caCertificates })).toEqual({ ...OWN, 'authorities.crt': caCertificates });
});

it('fail when the file of settings is text, without repeating it', () => {
  const make = () => secretFiles(untyped({ ...PROPS, secretConfig: 'email: {smtp_pass: hunter2}' }));
  expect(make).toThrow('secretConfig was given as text');
  expect(make).toThrow('SecretKey.of');
  expect(make).not.toThrow('hunter2');
});

it.each(Object.keys(EXISTING_SECRETS))('fail when %s is text, without repeating it', (name) => {
  const make = () => secretFiles(untyped({ ...PROPS, secrets: { ...EXISTING_SECRETS, [name]: 'hunter2' } }));
  expect(make).toThrow(`${name} was given as text`);
  expect(make).toThrow('SecretKey.of');
  expect(make).not.toThrow('hunter2');
});
