import { Size, Testing } from 'cdk8s';
import {
  type CloudNativePgOptions,
  ClusterBackup,
  Durability,
  MatrixPostgres,
  Peer,
  Postgres,
  type PostgresOptions,
  parseSize,
  SecretKey,
} from '../../lib';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { emptyChart, renderedIn, systemIn, untyped } from '../support/parts';

function rendered(postgres: Postgres) {
  const chart = emptyChart();
  const database = postgres._render(chart, 'Postgres', systemIn(chart));
  return { chart, database };
}

it('inCluster() renders a database, with every option', () => {
  const options: Required<PostgresOptions> = {
    database: 'matrix',
    user: 'matrix_user',
    storage: parseSize('300Gi'),
    parameters: { random_page_cost: '2' },
    resources: resources(100, 256, 1024),
    synchronousReplication: true,
    receiverResources: resources(11, 33, 129),
  };
  const { chart, database } = rendered(Postgres.inCluster(options));
  expect(database).toBeInstanceOf(MatrixPostgres);
  expect(database).toMatchObject({ database: 'matrix', user: 'matrix_user', receiverName: 'matrix-wal-receiver' });
  expect((database as MatrixPostgres).storage).toBe(options.storage);
  expect((database as MatrixPostgres).resources).toBe(options.resources);
  // Nothing archives its WAL here, which is checked at the end.
  const conf = chart.node.findAll().find(({ node }) => node.path === 'chart/Postgres/Config');
  expect(JSON.stringify(untyped<{ toJson(): object }>(conf).toJson())).toContain("random_page_cost = '2'");
});

it('inCluster() uses the defaults without options', () => {
  const { chart, database } = rendered(Postgres.inCluster());
  expect(database).toMatchObject({ database: 'synapse', user: 'synapse_user', storage: Size.gibibytes(20) });
  expect(renderedIn(chart, 'StatefulSet', 'matrix-postgres').spec.replicas).toBe(1);
});

it('inCluster() can be used for several systems', () => {
  const postgres = Postgres.inCluster();
  expect(rendered(postgres).database).not.toBe(rendered(postgres).database);
});

it('cloudNativePg() renders a replicated database, with every option', () => {
  const options: Required<CloudNativePgOptions> = {
    instances: 2,
    database: 'matrix',
    user: 'matrix_user',
    storage: parseSize('300Gi'),
    walStorage: parseSize('30Gi'),
    durability: Durability.PREFERRED,
    parameters: { random_page_cost: '2' },
    resources: resources(100, 256, 1024),
    backup: ClusterBackup.plugin({ objectStore: 'database-backups' }),
    operator: Peer.namespace('operators'),
  };
  const { chart, database } = rendered(Postgres.cloudNativePg(options));
  expect(database).toMatchObject({ database: 'matrix', user: 'matrix_user' });
  expect(renderedIn(chart, 'Cluster', 'matrix-database').spec).toMatchObject({
    instances: 2,
    plugins: [{ parameters: { barmanObjectName: 'database-backups' } }],
    storage: { size: '300Gi' },
    walStorage: { size: '30Gi' },
    postgresql: { synchronous: { dataDurability: 'preferred' }, parameters: { random_page_cost: '2' } },
    resources: { requests: { cpu: '100m' } },
  });
  expect(JSON.stringify(renderedIn(chart, 'NetworkPolicy', 'matrix-database-server'))).toContain('"operators"');
});

it('external() renders nothing and is the same database for every system', () => {
  const credentials = SecretKey.fromSecretName('db', 'password');
  const postgres = Postgres.external({ host: 'db.example.org', credentials });
  const { chart, database } = rendered(postgres);
  expect(database).toMatchObject({ host: 'db.example.org', password: credentials });
  expect(chart.node.tryFindChild('Postgres')).toBeUndefined();
  expect(rendered(postgres).database).toBe(database);
  expect(Testing.synth(emptyChart())).toEqual([]);
});

it('external() refuses a host that is not valid', () => {
  const credentials = SecretKey.fromSecretName('db', 'password');
  expect(() => Postgres.external({ host: 'postgres://db', credentials })).toThrow("host 'postgres://db'");
});
