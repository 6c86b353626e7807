import { Duration, Testing } from 'cdk8s';
import { SecretStore } from '../../lib';
import { ExternalSecrets, type ExternalSecretsProps } from '../../lib/secrets/external-secrets';
import type { Manifest } from '../support/manifests';
import { emptyChart, systemIn } from '../support/parts';
import { refusals } from '../support/schemas';

const WANTED = [
  ['matrix-signing-key', 'signing.key'],
  ['matrix-synapse-secret', 'registration_shared_secret'],
  ['matrix-synapse-secret', 'form_secret'],
  ['matrix-postgres-secret', 'POSTGRES_PASSWORD', 'databasePassword'],
];

function rendered(
  props: Partial<ExternalSecretsProps> = {},
  store = SecretStore.namespaced('vault'),
  namePrefix?: string,
) {
  const chart = emptyChart();
  const system = systemIn(emptyChart(), { namePrefix });
  const source = new ExternalSecrets(chart, 'Secrets', system, store, { remoteKey: 'matrix', ...props });
  const secrets = WANTED.map(([name, key, alias]) =>
    source.secret({
      secretName: system.objectName(name),
      key,
      options: { alias, beside: { USER: 'x' } },
    }),
  );
  const manifests: Manifest[] = Testing.synth(chart);
  expect(manifests.flatMap(refusals)).toEqual([]);
  return { source, secrets, manifests };
}

/** A reference with the defaults that some versions of the operator add. */
const remote = (property: string) => ({
  key: 'matrix',
  property,
  conversionStrategy: 'Default',
  decodingStrategy: 'None',
  metadataPolicy: 'None',
});

it('minimal: one ExternalSecret for each Secret, with exactly its keys', () => {
  const { manifests, secrets, source } = rendered();
  expect(manifests.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.name])).toEqual(
    ['matrix-signing-key', 'matrix-synapse-secret', 'matrix-postgres-secret'].map((name) => [
      'external-secrets.io/v1',
      'ExternalSecret',
      name,
    ]),
  );
  const copied = manifests.flatMap(({ spec }) =>
    spec.data.map(({ secretKey }: Manifest) => ({ secretName: spec.target.name, key: secretKey })),
  );
  expect(copied).toEqual(secrets);
  expect(manifests[0].spec).toEqual({
    secretStoreRef: { name: 'vault', kind: 'SecretStore' },
    refreshInterval: '3600s',
    target: { name: 'matrix-signing-key', creationPolicy: 'Owner' },
    data: [{ secretKey: 'signing.key', remoteRef: remote('signing_key') }],
  });
  expect(source.problems()).toEqual([]);
});

it('all props', () => {
  const props = { remoteKey: 'matrix/production', refreshInterval: Duration.minutes(5) };
  const { manifests } = rendered(props, SecretStore.cluster('shared'), 'second-');
  for (const { metadata, spec } of manifests) {
    expect(metadata.name).toBe(spec.target.name);
    expect(metadata.name).toMatch(/^second-matrix-/);
    expect(metadata.labels).toMatchObject({ app: 'second-matrix-secrets' });
    expect(spec.secretStoreRef).toEqual({ name: 'shared', kind: 'ClusterSecretStore' });
    expect(spec.refreshInterval).toBe('300s');
    expect(spec.data[0].remoteRef.key).toBe('matrix/production');
  }
});

it('reads the alias of a secret in snake case from the store', () => {
  const properties = rendered().manifests.flatMap(({ spec }) =>
    spec.data.map(({ remoteRef }: Manifest) => remoteRef.property),
  );
  expect(properties).toEqual(['signing_key', 'registration_shared_secret', 'form_secret', 'database_password']);
});

it('reads a secret once from the store when it is requested twice', () => {
  const chart = emptyChart();
  const source = new ExternalSecrets(chart, 'Secrets', systemIn(emptyChart()), SecretStore.namespaced('vault'), {
    remoteKey: 'matrix',
  });
  const request = { secretName: 'matrix-turn-secret', key: 'shared_secret', options: {} };
  expect(source.secret(request)).toEqual(source.secret(request));
  expect(Testing.synth(chart).map(({ spec }) => spec.data)).toEqual([
    [{ secretKey: 'shared_secret', remoteRef: remote('shared_secret') }],
  ]);
});

it('has no optional secrets, because a store must have every requested property', () => {
  expect(rendered().source.optionalSecret()).toBeUndefined();
});

it('refuses an empty remoteKey', () => {
  expect(() => rendered({ remoteKey: '' })).toThrow("remoteKey ''");
  expect(() => rendered({ remoteKey: '' })).toThrow("such as 'matrix/production'");
});
