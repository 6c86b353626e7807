import { ClusterBackup, Peer, parseSize, Traffic } from '../../../lib';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { type CloudNativePgOptions, CloudNativePostgres, Durability } from '../../../lib/postgres';
import { emptyChart, renderedIn, synapseIn, systemIn } from '../../support/parts';
import { missingDefaults, refusals } from '../../support/schemas';

function clusterIn(options: CloudNativePgOptions = {}) {
  const chart = emptyChart();
  const database = new CloudNativePostgres(chart, 'Postgres', { system: systemIn(chart), ...options });
  return { chart, database, spec: () => renderedIn(chart, 'Cluster', 'matrix-database').spec };
}

it('minimal', () => {
  const { database, spec } = clusterIn();
  expect(spec()).toMatchObject({ instances: 3, storage: { size: '20Gi' } });
  expect(spec().postgresql.synchronous.dataDurability).toBe('required');
  expect(database).toMatchObject({ host: 'matrix-database-rw', port: 5432, database: 'synapse', user: 'synapse_user' });
  expect(database).not.toHaveProperty('backup');
});

it('all options', () => {
  const options: Required<CloudNativePgOptions> = {
    instances: 2,
    database: 'matrix',
    user: 'matrix_user',
    storage: parseSize('300Gi'),
    walStorage: parseSize('30Gi'),
    durability: Durability.PREFERRED,
    parameters: { work_mem: '9MB' },
    resources: resources(100, 256, 1024),
    backup: ClusterBackup.plugin({ objectStore: 'database-backups' }),
    operator: Peer.namespace('operators'),
  };
  const { chart, database, spec } = clusterIn(options);
  expect(spec()).toMatchObject({
    instances: 2,
    bootstrap: { initdb: { database: 'matrix', owner: 'matrix_user' } },
    storage: { size: '300Gi' },
    walStorage: { size: '30Gi' },
    postgresql: { parameters: { work_mem: '9MB' }, synchronous: { dataDurability: 'preferred' } },
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
  });
  expect(database).toMatchObject({ database: 'matrix', user: 'matrix_user' });
  const cluster = renderedIn(chart, 'Cluster', 'matrix-database');
  expect([...refusals(cluster), ...missingDefaults(cluster)]).toEqual([]);
  expect(JSON.stringify(renderedIn(chart, 'NetworkPolicy', 'matrix-database-server'))).toContain('"operators"');
});

it("verifies the server by the operator's CA, and logs in with its password", () => {
  const { database } = clusterIn();
  expect(database.password).toMatchObject({ secretName: 'matrix-database-app', key: 'password' });
  expect(database.tls).toMatchObject({
    mode: 'verify-full',
    authority: { secretName: 'matrix-database-ca', key: 'ca.crt' },
  });
});

it('has room for the connections of its clients', () => {
  const { chart, database, spec } = clusterIn();
  synapseIn(chart, { database });
  expect(spec().postgresql.parameters.max_connections).toBe('21');
  expect(database.node.validate()).toEqual([]);
});

it('fails when the processes of Synapse open more connections than it may have', () => {
  const { chart, database } = clusterIn({ parameters: { max_connections: '15' } });
  synapseIn(chart, { database });
  expect(database.node.validate().join()).toContain(
    "'max_connections' is 15, but all processes together open up to 11",
  );
});

it('opens what the operator, the other instances and clients need, and nothing else', () => {
  const { chart, database } = clusterIn();
  synapseIn(chart, { database });
  database.watched.allowMetricsFrom(Peer.namespace('monitoring'));
  const received = Traffic.connections(chart).filter(({ to }) => to === database.peer);
  expect(received.map(({ from, ports }) => [from.key, ports.map(({ number }) => number)])).toEqual([
    ['namespace/cnpg-system', [8000]],
    ['matrix-database-server', [5432, 8000]],
    ['matrix-synapse', [5432]],
    ['namespace/monitoring', [9187]],
  ]);
});

it('is kept by tools that prune', () => {
  const { chart } = clusterIn();
  expect(renderedIn(chart, 'Cluster', 'matrix-database').metadata.annotations).toMatchObject({
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
});

it.each<[string, CloudNativePgOptions, string]>([
  ['one instance', { instances: 1 }, 'got 1: use 2 or 3, or Postgres.inCluster()'],
  ['half an instance', { instances: 2.5 }, 'got 2.5'],
  ['a reserved user', { user: 'postgres' }, "user 'postgres'"],
  ['a name that needs quotes', { database: 'My-DB' }, "database 'My-DB'"],
  ["a parameter of the operator's", { parameters: { ssl: 'off' } }, "'ssl' is set by the deployment"],
])('fails for %s', (_, options, message) => {
  expect(() => clusterIn(options)).toThrow(message);
});
