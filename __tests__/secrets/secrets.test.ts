import { Testing } from 'cdk8s';
import { MatrixSecrets, SecretKey, SecretStore } from '../../lib';
import { keyOf } from '../support/manifests';
import { emptyChart, untyped } from '../support/parts';
import { EXISTING_SECRETS } from '../support/systems';

const CONTEXT = { namePrefix: 'second-', database: 'synapse', user: 'synapse_user' };

function bound(source: MatrixSecrets) {
  const chart = emptyChart();
  const secrets = source.bind(chart, 'Secrets', CONTEXT);
  return { secrets, keys: Testing.synth(chart).map(keyOf) };
}

it('generated() renders the Job that makes them', () => {
  const { secrets, keys } = bound(MatrixSecrets.generated());
  expect(keys).toContainEqual(expect.stringMatching(/^Job second-matrix-secrets-/));
  expect(secrets.signingKey).toEqual({ secretName: 'second-matrix-signing-key', key: 'signing.key' });
});

it('external() renders what the operator copies', () => {
  const { secrets, keys } = bound(MatrixSecrets.external(SecretStore.cluster('vault'), { remoteKey: 'matrix' }));
  expect(keys).toEqual([
    'ExternalSecret second-matrix-signing-key',
    'ExternalSecret second-matrix-synapse-secret',
    'ExternalSecret second-matrix-postgres-secret',
    'ExternalSecret second-matrix-backup-secret',
  ]);
  expect(secrets.formSecret.secretName).toBe('second-matrix-synapse-secret');
});

it('existing() renders nothing and is what was given', () => {
  expect(bound(MatrixSecrets.existing(EXISTING_SECRETS))).toEqual({ secrets: EXISTING_SECRETS, keys: [] });
});

it('generated and external secrets have the same names, so that one can follow the other', () => {
  const external = MatrixSecrets.external(SecretStore.namespaced('vault'), { remoteKey: 'matrix' });
  const { oldSigningKeys, ...generated } = bound(MatrixSecrets.generated()).secrets;
  expect(bound(external).secrets).toEqual(generated);
  // A store must have all that it is asked for, and this is there from the first rotation on alone.
  expect(oldSigningKeys).toEqual({ secretName: 'second-matrix-signing-key', key: 'old-signing-keys.yaml' });
});

it.each(['signingKey', 'registrationSharedSecret', 'databasePassword'])('fails when %s is text, without it', (name) => {
  const make = () => MatrixSecrets.existing(untyped({ ...EXISTING_SECRETS, [name]: 'hunter2' }));
  expect(make).toThrow(`${name} was given as text (not shown here)`);
  expect(make).toThrow("SecretKey.of('name-of-the-secret', 'key')");
  expect(make).not.toThrow('hunter2');
});

it('fails when the secret itself was pasted as the name of one', () => {
  const make = () => SecretKey.of('ed25519 a_XXXX Hunter2+', 'signing.key');
  expect(make).toThrow('has no valid Secret name and key');
  expect(make).not.toThrow('Hunter2');
});

it('takes an optional secret that is undefined as one that is left out, and no other', () => {
  const secrets = { ...EXISTING_SECRETS, databasePassword: undefined, backupPassword: undefined };
  expect(bound(MatrixSecrets.existing(secrets)).secrets).toEqual(EXISTING_SECRETS);
  const make = () => MatrixSecrets.existing(untyped({ ...EXISTING_SECRETS, signingKey: undefined }));
  expect(make).toThrow("signingKey is missing: write where it is, SecretKey.of('name-of-the-secret', 'key')");
});
