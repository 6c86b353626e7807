import { Duration, Testing } from 'cdk8s';
import { SecretStore } from '../../lib';
import { renderExternalSecrets } from '../../lib/secrets/external-secrets';
import type { Manifest } from '../support/manifests';
import { emptyChart } from '../support/parts';

type Props = Partial<Parameters<typeof renderExternalSecrets>[2]>;

function rendered(props: Props = {}) {
  const chart = emptyChart();
  const store = SecretStore.namespaced('vault');
  const secrets = renderExternalSecrets(chart, 'Secrets', {
    store,
    remoteKey: 'matrix',
    database: 'synapse',
    ...props,
  });
  return { secrets, manifests: Testing.synth(chart) as Manifest[] };
}

it('minimal: one for each Secret, with exactly its keys', () => {
  const { manifests, secrets } = rendered();
  expect(manifests.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.name])).toEqual(
    ['matrix-signing-key', 'matrix-synapse-secret', 'matrix-postgres-secret', 'matrix-backup-secret'].map((name) => [
      'external-secrets.io/v1',
      'ExternalSecret',
      name,
    ]),
  );
  const wanted = Object.values(secrets).map(({ secretName, key }) => [secretName, key]);
  const copied = manifests.flatMap(({ spec }) =>
    spec.data.map(({ secretKey }: Manifest) => [spec.target.name, secretKey]),
  );
  expect(copied).toEqual(wanted);
  expect(manifests[0].spec).toEqual({
    secretStoreRef: { name: 'vault', kind: 'SecretStore' },
    refreshInterval: '3600s',
    target: { name: 'matrix-signing-key', creationPolicy: 'Owner' },
    data: [{ secretKey: 'signing.key', remoteRef: { key: 'matrix', property: 'signing_key' } }],
  });
});

it('all props', () => {
  const { manifests } = rendered({
    store: SecretStore.cluster('shared'),
    remoteKey: 'matrix/production',
    refreshInterval: Duration.minutes(5),
    namePrefix: 'second-',
  });
  for (const { metadata, spec } of manifests) {
    expect(metadata.name).toBe(spec.target.name);
    expect(metadata.name).toMatch(/^second-matrix-/);
    expect(spec.secretStoreRef).toEqual({ name: 'shared', kind: 'ClusterSecretStore' });
    expect(spec.refreshInterval).toBe('300s');
    expect(spec.data[0].remoteRef.key).toBe('matrix/production');
  }
});

it('asks the store for the properties that are documented', () => {
  const properties = rendered().manifests.flatMap(({ spec }) =>
    spec.data.map(({ remoteRef }: Manifest) => remoteRef.property),
  );
  expect(properties).toEqual([
    'signing_key',
    'registration_shared_secret',
    'macaroon_secret_key',
    'form_secret',
    'database_password',
    'backup_password',
    'repository_password',
  ]);
});

it('asks for no password of a database that is managed elsewhere', () => {
  expect(rendered({ database: undefined }).manifests.map(({ metadata }) => metadata.name)).toEqual([
    'matrix-signing-key',
    'matrix-synapse-secret',
  ]);
});

it('fails when the entry of the store has no name', () => {
  expect(() => rendered({ remoteKey: '' })).toThrow("remoteKey '' names no entry");
  expect(() => rendered({ remoteKey: '' })).toThrow("such as 'matrix/production'");
});
