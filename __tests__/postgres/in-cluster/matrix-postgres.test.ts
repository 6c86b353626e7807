import { Duration, Size, Testing } from 'cdk8s';
import { MatrixPostgres, type MatrixPostgresProps, parseSize, SystemSize } from '../../lib';
import { CONFIG_HASH } from '../../lib/kubernetes/metadata/config-hash';
import { resources } from '../../lib/kubernetes/workloads/resources';
import { keyOf, type Manifest } from '../support/manifests';
import { ALL_SECRETS, emptyChart, external, postgresIn, renderedIn, synapseIn, untyped } from '../support/parts';

function rendered(props: Partial<MatrixPostgresProps> = {}, use: (postgres: MatrixPostgres) => void = () => undefined) {
  const chart = emptyChart();
  const postgres = postgresIn(chart, props);
  use(postgres);
  const name = (rest: string) => `${props.namePrefix ?? ''}matrix-postgres${rest}`;
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

const secrets = (other: object) => ({ secrets: { ...ALL_SECRETS, ...other } });

it('minimal', () => {
  const { chart, postgres, set, conf, claim } = rendered();
  expect(Testing.synth(chart).map(keyOf)).toEqual([
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
  expect(set.spec.replicas).toBe(1);
  expect(claim).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } });
  expect(conf).toContain("archive_mode = 'off'");
});

it('all props', () => {
  const { postgres, set, conf, claim } = rendered({
    database: 'matrix',
    user: 'matrix_user',
    size: SystemSize.LARGE,
    resources: resources(100, 256, 1024),
    storage: parseSize('300Gi'),
    storageClass: 'fast',
    parameters: { random_page_cost: '2' },
    images: { postgres: 'registry.example.org/postgres:17.11' },
    namePrefix: 'second-',
  });
  expect([postgres.host, postgres.database, postgres.user]).toEqual([
    'second-matrix-postgres-service',
    'matrix',
    'matrix_user',
  ]);
  const [container] = set.spec.template.spec.containers;
  expect(container.image).toBe('registry.example.org/postgres:17.11');
  // Resources win over the size.
  expect(container.resources).toMatchObject({ requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } });
  expect(conf).toContain("shared_buffers = '256MB'");
  expect(conf).toContain("random_page_cost = '2'");
  expect(claim).toMatchObject({ storageClassName: 'fast', resources: { requests: { storage: '300Gi' } } });
});

it.each(Object.values(SystemSize))('a %s system: memory and settings agree', (size) => {
  const { set, conf } = rendered({ size });
  const { limits, requests } = set.spec.template.spec.containers[0].resources;
  expect(Number.parseInt(requests.cpu, 10)).toBeGreaterThanOrEqual(1);
  expect(conf).toContain(`shared_buffers = '${(Number.parseInt(limits.memory, 10) * 1024) / 4}MB'`);
});

it('the server is sized for all its clients', () => {
  const { conf, hash } = rendered({}, (postgres) => synapseIn(postgres.node.scope as never, { postgres }));
  expect(conf).toContain("max_connections = '20'");
  expect(hash).not.toBe(rendered().hash);
});

it('archives where it is told to, and rolls for it', () => {
  const archiving = rendered({}, (postgres) => postgres.archiveTo('sets', Duration.seconds(40), { app: 'agent' }));
  expect(archiving.conf).toContain("archive_mode = 'on'");
  expect(archiving.conf).toContain("archive_timeout = '40s'");
  expect(archiving.hash).not.toBe(rendered().hash);
});

it('waits for the standby it is told of, and rolls for it', () => {
  const waiting = rendered({}, (postgres) => postgres.synchronousWith('elsewhere'));
  expect(waiting.conf).toContain(`synchronous_standby_names = '"elsewhere"'`);
  expect(waiting.hash).not.toBe(rendered().hash);
});

it.each([
  ['the parameters change', { parameters: { work_mem: '8MB' } }, false],
  ['the storage changes', { storage: Size.gibibytes(1) }, true],
])('when %s, the pod stays: %p', (_, props, stays) => {
  expect(rendered(props).hash === rendered().hash).toBe(stays);
});

it('brings a receiver, of its own system and storage', () => {
  const chart = emptyChart();
  const { claimName, workloadName } = postgresIn(chart, { namePrefix: 'second-' }).addReceiver('zonal');
  expect(renderedIn(chart, 'PersistentVolumeClaim', claimName).spec.storageClassName).toBe('zonal');
  expect([claimName, workloadName]).toEqual(['second-matrix-wal-receiver-pvc', 'second-matrix-wal-receiver']);
  expect(renderedIn(chart, 'ConfigMap', 'second-matrix-postgres-config').data['postgresql.conf']).toContain(
    `synchronous_standby_names = '"second-matrix-wal-receiver"'`,
  );
});

it('keeps its passwords out of every file', () => {
  const scripts = ['archive-wal.sh', 'initialise.sh', 'make-database.sh', 'update-roles.sh'];
  expect(Object.keys(rendered().config)).toEqual([...scripts, 'pg_hba.conf', 'postgresql.conf'].sort());
});

it('external() is a database without objects', () => {
  expect(external()).not.toBeInstanceOf(MatrixPostgres);
});

it.each<[string, object, string, string]>([
  ['the database has another alphabet', { database: 'Synapse' }, "database 'Synapse'", 'lower-case'],
  ['the user is the superuser', { user: 'postgres' }, "user 'postgres'", 'have their own use'],
  [
    'a password is text',
    secrets({ databasePassword: 'hunter2' }),
    'databasePassword was given as text',
    'SecretKey.of',
  ],
  [
    'that of backups is text',
    secrets({ backupPassword: 'hunter2' }),
    'backupPassword was given as text',
    'SecretKey.of',
  ],
  [
    'a password is missing',
    secrets({ databasePassword: undefined }),
    'needs databasePassword',
    'MatrixSecrets.existing',
  ],
  [
    'that of backups is missing',
    secrets({ backupPassword: undefined }),
    'and backupPassword',
    'MatrixPostgres.external',
  ],
  ['a parameter is ours', { parameters: { archive_mode: 'off' } }, "parameter 'archive_mode'", 'leave it out'],
  ['the image has no tag', { images: { postgres: 'postgres' } }, "image 'postgres' has no tag", 'name a version'],
  [
    'the image is the latest',
    { images: { postgres: 'postgres:latest' } },
    "image 'postgres:latest' has the tag latest",
    'name a version',
  ],
  ['the storage is text', { storage: untyped('10GB') }, '"10GB" is no Size', "parseSize('10Gi')"],
  ['the prefix is too long', { namePrefix: 'p'.repeat(41) }, `namePrefix '${'p'.repeat(41)}'`, 'at most 40 characters'],
  ['the prefix is no name', { namePrefix: 'A-' }, "namePrefix 'A-'", 'lower-case'],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => rendered(untyped(props));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});
