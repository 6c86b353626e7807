import { Testing } from 'cdk8s';
import { type ISecretKey, SecretKey, SecretStore, Secrets } from '../../lib';
import { keyOf } from '../support/manifests';
import { EXISTING_SECRETS, emptyChart, external, postgresIn, synapseIn, systemIn } from '../support/parts';

/** Renders the secrets of a homeserver and its database from a source. */
function bound(secrets: Secrets, inCluster = true) {
  const chart = emptyChart();
  const system = systemIn(chart, { secrets, namePrefix: 'second-' });
  const objects = () => system.node.findAll().length;
  const postgres = inCluster ? postgresIn(chart) : undefined;
  const { secretFiles, oldSigningKeys } = synapseIn(chart, { database: postgres ?? external() });
  const database = postgres && { password: postgres.password, backup: postgres.backupPassword };
  const files: { [path: string]: ISecretKey } = { ...secretFiles, ...database };
  return { chart, objects, oldSigningKeys, files };
}

const keysOf = (secrets: Secrets) => Testing.synth(bound(secrets).chart).map(keyOf);
const STORE = Secrets.external(SecretStore.cluster('vault'), { remoteKey: 'matrix' });

it('generated() renders the Job that creates them', () => {
  expect(keysOf(Secrets.generated())).toContainEqual(expect.stringMatching(/^Job second-matrix-secrets-/));
  expect(bound(Secrets.generated()).files['signing.key']).toEqual({
    secretName: 'second-matrix-signing-key',
    key: 'signing.key',
  });
});

it('external() renders ExternalSecrets', () => {
  expect(keysOf(STORE).filter((key) => key.startsWith('ExternalSecret'))).toEqual(
    ['second-matrix-postgres-secret', 'second-matrix-signing-key', 'second-matrix-synapse-secret'].map(
      (name) => `ExternalSecret ${name}`,
    ),
  );
});

it('existing() renders nothing and returns the given references', () => {
  const { files, objects, chart } = bound(Secrets.existing(EXISTING_SECRETS), false);
  expect(Object.values(files)).toEqual(expect.arrayContaining(Object.values(EXISTING_SECRETS)));
  expect(Object.keys(files)).toHaveLength(4);
  // The system itself and its default policy.
  expect(objects()).toBe(2);
  expect(() => Testing.synth(chart)).not.toThrow();
});

it('generated and external secrets have the same names, so that one can replace the other', () => {
  const [generated, copied] = [bound(Secrets.generated()), bound(STORE)];
  expect(copied.files).toEqual(generated.files);
  // A store must have every requested property, and this one exists only after the first rotation.
  expect([generated.oldSigningKeys, copied.oldSigningKeys]).toEqual([
    { secretName: 'second-matrix-signing-key', key: 'old-signing-keys.yaml' },
    undefined,
  ]);
});

it("the names are those that the platform's services read", () => {
  const chart = emptyChart();
  const { password } = postgresIn(chart);
  expect(synapseIn(chart).secretFiles).toEqual({
    'signing.key': { secretName: 'matrix-signing-key', key: 'signing.key' },
    registration_shared_secret: { secretName: 'matrix-synapse-secret', key: 'registration_shared_secret' },
    macaroon_secret_key: { secretName: 'matrix-synapse-secret', key: 'macaroon_secret_key' },
    form_secret: { secretName: 'matrix-synapse-secret', key: 'form_secret' },
  });
  expect(password).toEqual({ secretName: 'matrix-postgres-secret', key: 'POSTGRES_PASSWORD' });
});

it('existing() fails with every missing or unused secret in one error', () => {
  const { signingKey } = EXISTING_SECRETS;
  const { chart } = bound(Secrets.existing({ signingKey, signingkey: signingKey, repositoryPassword: signingKey }));
  const synth = () => Testing.synth(chart);
  for (const name of [
    'databasePassword, backupPassword, registrationSharedSecret, macaroonSecretKey, formSecret',
    "'signingkey'",
    "'repositoryPassword'",
  ]) {
    expect(synth).toThrow(name);
  }
  expect(synth).toThrow("databasePassword: SecretKey.fromSecretName('name-of-the-secret', 'key')");
});

it('existing() tracks requests separately for two systems', () => {
  const secrets = Secrets.existing({ ...EXISTING_SECRETS, databasePassword: EXISTING_SECRETS.formSecret });
  const [withDatabase, without] = [bound(secrets), bound(secrets, false)];
  expect(() => Testing.synth(withDatabase.chart)).toThrow('backupPassword');
  expect(() => Testing.synth(without.chart)).toThrow("'databasePassword'");
});

it('refuses a secret value in place of a name', () => {
  const make = () => SecretKey.fromSecretName('ed25519 a_XXXX Hunter2+', 'signing.key');
  expect(make).toThrow('has no valid Secret name and key');
  expect(make).not.toThrow('Hunter2');
});
