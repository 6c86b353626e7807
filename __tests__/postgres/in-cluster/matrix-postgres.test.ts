import { Duration, Size, Testing } from 'cdk8s';
import {
  ImageSource,
  type MatrixPostgres,
  type MatrixPostgresProps,
  parseSize,
  Scaling,
  SecretKey,
  Secrets,
  type SystemProps,
  SystemSize,
  Workers,
} from '../../../lib';
import { CONFIG_HASH } from '../../../lib/kubernetes/metadata/config-hash';
import { nearAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { keyOf, type Manifest } from '../../support/manifests';
import { emptyChart, postgresIn, renderedIn, synapseIn, systemIn, untyped } from '../../support/parts';

const archive = (postgres: MatrixPostgres) => postgres._archiveTo('sets', Duration.seconds(40), { app: 'agent' });

function rendered(
  props: Partial<MatrixPostgresProps> = {},
  use: (postgres: MatrixPostgres) => void = () => undefined,
  facts: Partial<SystemProps> = {},
) {
  const chart = emptyChart();
  const system = systemIn(chart, facts);
  const postgres = postgresIn(chart, props);
  use(postgres);
  const name = (rest: string) => system.objectName(`matrix-postgres${rest}`);
  const set = renderedIn(chart, 'StatefulSet', name(''));
  const config: { [key: string]: string } = renderedIn(chart, 'ConfigMap', name('-config')).data;
  return {
    chart,
    postgres,
    set,
    config,
    conf: config['postgresql.conf'],
    hash: set.spec.template.metadata.annotations[CONFIG_HASH],
    claim: renderedIn(chart, 'PersistentVolumeClaim', name('-pvc')).spec as Manifest,
  };
}

it('minimal', () => {
  const { chart, postgres, set, conf, claim } = rendered();
  const keys = Testing.synth(chart).map(keyOf);
  expect(keys.filter((key) => key.includes('postgres'))).toEqual([
    'NetworkPolicy matrix-postgres',
    'PersistentVolumeClaim matrix-postgres-pvc',
    'ConfigMap matrix-postgres-config',
    'Service matrix-postgres-service',
    'StatefulSet matrix-postgres',
  ]);
  const { host, port, database, user, tls } = postgres;
  expect({ host, port, database, user, mode: tls.mode }).toEqual({
    host: 'matrix-postgres-service',
    port: 5432,
    database: 'synapse',
    user: 'synapse_user',
    mode: 'disable',
  });
  expect([set.spec.replicas, set.spec.serviceName]).toEqual([1, 'matrix-postgres-service']);
  expect(claim).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } });
  expect(conf).toContain("archive_mode = 'off'");
  expect(postgres.receiverName).toBeUndefined();
});

it('all props', () => {
  const { postgres, set, conf, claim } = rendered(
    {
      database: 'matrix',
      user: 'matrix_user',
      resources: resources(100, 256, 1024),
      storage: parseSize('300Gi'),
      parameters: { random_page_cost: '2' },
      synchronousReplication: true,
    },
    archive,
    {
      size: SystemSize.LARGE,
      storageClass: 'fast',
      images: ImageSource.upstream({ replacements: { postgres: 'registry.example.org/postgres:17.11' } }),
      namePrefix: 'second-',
    },
  );
  expect([postgres.host, postgres.database, postgres.user, postgres.receiverName]).toEqual([
    'second-matrix-postgres-service',
    'matrix',
    'matrix_user',
    'second-matrix-wal-receiver',
  ]);
  const [container] = set.spec.template.spec.containers;
  expect(container.image).toBe('registry.example.org/postgres:17.11');
  // Resources override the size.
  expect(container.resources).toMatchObject({ requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } });
  expect(conf).toContain("shared_buffers = '256MB'");
  expect(conf).toContain("random_page_cost = '2'");
  expect(claim).toMatchObject({ storageClassName: 'fast', resources: { requests: { storage: '300Gi' } } });
});

it('has the facts that its backup needs', () => {
  const { postgres, chart } = rendered();
  expect(postgres.backup).toMatchObject({
    workloadName: 'matrix-postgres',
    podLabels: { app: 'matrix-postgres' },
    dataClaimName: 'matrix-postgres-pvc',
    dataPath: '/var/lib/postgresql/data',
    configMapName: 'matrix-postgres-config',
    uid: 70,
  });
  expect(postgres.storage.toGibibytes()).toBe(20);
  expect(postgres.databaseKey).toBe('chart/Postgres/synapse');
  expect(postgres._psql).toContain('kubectl exec matrix-postgres-0 ');
  expect(renderedIn(chart, 'StatefulSet', 'matrix-postgres').spec.selector.matchLabels).toEqual(postgres.podLabels);
});

it.each(Object.values(SystemSize))('memory and settings agree in a %s system', (size) => {
  const { set, conf } = rendered({}, undefined, { size });
  const { limits, requests } = set.spec.template.spec.containers[0].resources;
  expect(Number.parseInt(requests.cpu, 10)).toBeGreaterThanOrEqual(1);
  expect(conf).toContain(`shared_buffers = '${(Number.parseInt(limits.memory, 10) * 1024) / 4}MB'`);
});

it('is sized for all its clients', () => {
  const { conf, hash } = rendered({}, (database) => synapseIn(untyped(database.node.scope), { database }));
  expect(conf).toContain("max_connections = '21'");
  expect(hash).not.toBe(rendered().hash);
});

it('archives WAL to the given claim, and restarts', () => {
  const archiving = rendered({}, archive);
  expect(archiving.conf).toContain("archive_mode = 'on'");
  expect(archiving.conf).toContain("archive_timeout = '40s'");
  expect(archiving.hash).not.toBe(rendered().hash);
  const { affinity, volumes } = archiving.set.spec.template.spec;
  expect(affinity).toEqual(nearAffinity({ app: 'agent' }));
  expect(volumes).toContainEqual({ name: 'postgres-backup', persistentVolumeClaim: { claimName: 'sets' } });
});

describe('with synchronous replication', () => {
  it('waits for its WAL receiver, and restarts', () => {
    const waiting = rendered({ synchronousReplication: true }, archive);
    expect(waiting.conf).toContain(`synchronous_standby_names = '"matrix-wal-receiver"'`);
    expect(waiting.hash).not.toBe(rendered({}, archive).hash);
    expect(renderedIn(waiting.chart, 'StatefulSet', 'matrix-wal-receiver').spec.replicas).toBe(1);
  });

  it('fails when WAL is not archived and would fill the volume of the receiver', () => {
    const make = () => rendered({ synchronousReplication: true });
    expect(make).toThrow('synchronousReplication');
    expect(make).toThrow('add backups, or leave it out');
  });

  it('has a receiver in its own system and storage class', () => {
    const facts = { namePrefix: 'second-', storageClass: 'zonal' };
    const { chart, conf, postgres } = rendered({ synchronousReplication: true }, archive, facts);
    expect(postgres.receiverName).toBe('second-matrix-wal-receiver');
    expect(conf).toContain(`synchronous_standby_names = '"second-matrix-wal-receiver"'`);
    const claim = renderedIn(chart, 'PersistentVolumeClaim', 'second-matrix-wal-receiver-pvc');
    expect(claim.spec.storageClassName).toBe('zonal');
  });
});

it.each([
  ['the parameters change', { parameters: { work_mem: '8MB' } }, false],
  ['the storage changes', { storage: Size.gibibytes(1) }, true],
])('when %s, the pod stays: %p', (_, props, stays) => {
  expect(rendered(props).hash === rendered().hash).toBe(stays);
});

it('keeps its passwords out of every file', () => {
  const scripts = ['archive-wal.sh', 'initialise.sh', 'make-database.sh', 'update-roles.sh'];
  expect(Object.keys(rendered().config)).toEqual(
    [...scripts, 'pg_hba.conf', 'pg_ident.conf', 'postgresql.conf'].sort(),
  );
});

it('has the passwords of both its roles from the source of secrets', () => {
  const [databasePassword, backupPassword] = ['owner', 'backup'].map((key) => SecretKey.fromSecretName('vault', key));
  const { postgres, set } = rendered({}, undefined, {
    secrets: Secrets.existing({ databasePassword, backupPassword }),
  });
  expect([postgres.password, postgres.backupPassword]).toEqual([databasePassword, backupPassword]);
  expect(set.spec.template.spec.volumes).toContainEqual(expect.objectContaining({ name: 'roles' }));
  expect(JSON.stringify(set)).toContain('"vault"');
});

it.each<[string, object, string, string]>([
  ['the name of the database has capitals', { database: 'Synapse' }, "database 'Synapse'", 'lower-case'],
  ['the user is the superuser', { user: 'postgres' }, "user 'postgres'", 'are reserved'],
  [
    'the deployment sets a parameter',
    { parameters: { archive_mode: 'off' } },
    "parameter 'archive_mode'",
    'leave it out',
  ],
  ['the storage is zero', { storage: Size.gibibytes(0) }, 'is 0:', 'such as Size.gibibytes(10)'],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => rendered(untyped(props));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});

it.each<[string, Partial<SystemProps>, string, string]>([
  [
    'a password is missing',
    { secrets: Secrets.existing({ backupPassword: SecretKey.fromSecretName('db', 'backup') }) },
    'databasePassword',
    'SecretKey.fromSecretName',
  ],
  [
    'that of backups is missing',
    { secrets: Secrets.existing({ databasePassword: SecretKey.fromSecretName('db', 'owner') }) },
    'backupPassword',
    'SecretKey.fromSecretName',
  ],
  ['the prefix is too long', { namePrefix: 'p'.repeat(41) }, `namePrefix '${'p'.repeat(41)}'`, 'at most'],
])('fails when %s', (_, facts, value, remedy) => {
  const make = () => rendered({}, undefined, facts);
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});

it('fails when the processes of Synapse open more connections than it may have', () => {
  const chart = emptyChart();
  const postgres = postgresIn(chart, { parameters: { max_connections: '50' } });
  synapseIn(chart, { database: postgres, workers: Workers.of({ sync: Scaling.between(2, 4) }) });
  expect(postgres.node.validate().join()).toContain(
    "'max_connections' is 50, but all processes together open up to 61, and",
  );
  expect(rendered().postgres.node.validate()).toEqual([]);
});
