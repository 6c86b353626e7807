import { Duration, Size } from 'cdk8s';
import { parse } from 'yaml';
import { BackupRepository, MatrixBackups, type MatrixBackupsProps } from '../../lib/backups';
import { programSettings } from '../../lib/backups/program/program-settings';
import { Peer } from '../../lib/kubernetes/network/peer';
import { Schedule } from '../../lib/kubernetes/schedule';
import { besideAffinity, nearAffinity } from '../../lib/kubernetes/workloads/affinity';
import {
  type BackedUpSystem,
  backedUp,
  factsOf,
  IN_STORE,
  partsOf,
  podOfJob,
  secretsIn,
  valuesOf,
  volumeOf,
} from '../support/backup-parts';
import { containersOf, type Manifest, workloadsOf } from '../support/manifests';

const settingsOf = ({ get }: ReturnType<typeof backedUp>) =>
  JSON.parse(get('ConfigMap', 'matrix-backup-script').data['settings.json']);
const confOf = ({ get }: ReturnType<typeof backedUp>): string =>
  get('ConfigMap', 'matrix-postgres-config').data['postgresql.conf'];

const ACCOUNTS = ['matrix-restore', 'matrix-backup-agent'].map((name) =>
  ['ServiceAccount', 'Role', 'RoleBinding'].map((kind) => `${kind} ${name}`),
);

it('minimal', () => {
  const system = backedUp();
  const { get, backups, keys } = system;
  expect(keys.filter((key) => !key.startsWith('NetworkPolicy '))).toEqual([
    'PersistentVolumeClaim matrix-postgres-backup-pvc',
    'ConfigMap matrix-backup-script',
    'CronJob matrix-backup',
    'CronJob matrix-backup-prune',
    'CronJob matrix-backup-dump',
    'CronJob matrix-backup-verify',
    'CronJob matrix-backup-list',
    'CronJob matrix-restore-drill',
    ...ACCOUNTS[0],
    'CronJob matrix-restore',
    ...ACCOUNTS[1],
    'Deployment matrix-backup-agent',
  ]);
  expect(backups.claimName).toBe('matrix-postgres-backup-pvc');
  expect(get('PersistentVolumeClaim', backups.claimName).spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '50Gi' } },
  });
  expect(confOf(system)).toContain("archive_timeout = '40s'");
  expect(confOf(system)).not.toContain('synchronous_standby_names');
});

it('all props', () => {
  const changes: BackedUpSystem = {
    system: { namePrefix: 'second-', storageClass: 'archive' },
    postgres: { synchronousReplication: true },
    repository: IN_STORE,
  };
  const system = backedUp(changes, {
    storage: Size.gibibytes(500),
    schedules: {
      backup: Schedule.cron('0 */6 * * *', Duration.hours(6)),
      prune: Schedule.daily('01:15'),
      drill: Schedule.daily('03:15'),
      dump: Schedule.monthly(1, '05:15'),
    },
    keep: { daily: 1, weekly: 2, monthly: 12 },
    fullCheckEvery: Duration.days(31),
    recoveryPointObjective: Duration.seconds(30),
  });
  const { get, backups, keys } = system;
  expect(keys.every((key) => key.split(' ')[1].startsWith('second-matrix-'))).toBe(true);
  const jobs = ['matrix-backup', 'matrix-backup-prune', 'matrix-restore-drill', 'matrix-backup-dump'];
  expect(jobs.map((name) => get('CronJob', name).spec.schedule)).toEqual([
    '0 */6 * * *',
    '15 1 * * *',
    '15 3 * * *',
    '15 5 1 * *',
  ]);
  expect(settingsOf(system)).toMatchObject({
    namePrefix: 'second-',
    keep: { daily: 1, weekly: 2, monthly: 12 },
    fullCheckEvery: 31,
    recoveryPointObjective: 30,
    archiveTimeout: 20,
    jobs: { backup: { cronJob: 'second-matrix-backup', maximumAge: 9 * 3600 } },
  });
  const [, prune] = containersOf({ spec: podOfJob(get('CronJob', 'matrix-backup-prune')) });
  expect(valuesOf(prune).RESTIC_REPOSITORY).toBe('s3:https://s3.example.org/backups');
  expect(backups.claimName).toBe('second-matrix-postgres-backup-pvc');
  for (const name of ['matrix-postgres-backup-pvc', 'matrix-wal-receiver-pvc']) {
    expect(get('PersistentVolumeClaim', name).spec.storageClassName).toBe('archive');
  }
  const { ephemeral } = volumeOf(podOfJob(get('CronJob', 'matrix-restore-drill')), 'drill');
  expect(ephemeral.volumeClaimTemplate.spec.storageClassName).toBe('archive');
  expect(confOf(system)).toContain("archive_timeout = '20s'");
  expect(confOf(system)).toContain(`synchronous_standby_names = '"second-matrix-wal-receiver"'`);
});

it('only the prune job has the credentials that can remove backups', () => {
  const using = (secret: string) =>
    workloadsOf(backedUp({ repository: IN_STORE }).manifests)
      .filter(({ template }) => containersOf(template).some((one) => secretsIn(one).includes(secret)))
      .map(({ key }) => key);
  expect(using('pruner')).toEqual(['CronJob matrix-backup-prune']);
  expect(using('writer')).toEqual([
    'CronJob matrix-backup',
    'CronJob matrix-backup-dump',
    'CronJob matrix-backup-verify',
    'CronJob matrix-backup-list',
    'CronJob matrix-restore-drill',
    'CronJob matrix-restore',
    'Deployment matrix-backup-agent',
  ]);
});

it.each([
  [false, 8],
  [true, 7],
])('no pod accepts connections (managed database: %p)', (managed, count) => {
  const { manifests, keys } = backedUp({ managed, repository: IN_STORE });
  const policies = manifests.filter((one) => keys.includes(`NetworkPolicy ${one.metadata.name}`));
  const own = policies.filter(({ kind }) => kind === 'NetworkPolicy');
  expect(own).toHaveLength(count);
  expect(own.filter(({ spec }) => spec.ingress)).toEqual([]);
});

it('the database archives its WAL on the claim of the backups', () => {
  const system = backedUp();
  expect(confOf(system)).toContain("archive_mode = 'on'");
  expect(system.get('StatefulSet', 'matrix-postgres').spec.template.spec.volumes).toContainEqual({
    name: 'postgres-backup',
    persistentVolumeClaim: { claimName: 'matrix-postgres-backup-pvc' },
  });
});

it('Synapse runs on the node of the database, and the database near the agent: one pod reads the claims of both', () => {
  const { get } = backedUp({ system: { namePrefix: 'second-' } });
  const affinityOf = (kind: string, name: string) => get(kind, name).spec.template.spec.affinity;
  expect(affinityOf('Deployment', 'matrix-synapse')).toEqual(besideAffinity({ app: 'second-matrix-postgres' }));
  expect(affinityOf('StatefulSet', 'matrix-postgres')).toEqual(nearAffinity({ app: 'second-matrix-backup-agent' }));
});

it('reserves database connections for its jobs', () => {
  // Eleven for Synapse, three each for backup and dump, one for the agent, and ten for operators.
  expect(confOf(backedUp())).toContain("max_connections = '28'");
});

it('the ConfigMap has the settings of the program and of the Synapse of the drill', () => {
  const { facts, plan } = factsOf();
  const { data } = backedUp().get('ConfigMap', 'matrix-backup-script');
  expect(JSON.parse(data['settings.json'])).toEqual(JSON.parse(JSON.stringify(programSettings(facts, plan))));
  expect(parse(data['drill.yaml']).media_store_path).toBe('/drill/media');
});

it('allows a collector to read the metrics of the agent', () => {
  const { backups, get } = backedUp();
  backups.allowMetricsFrom(Peer.pods({ app: 'prometheus' }));
  expect(get('NetworkPolicy', 'matrix-backup-agent').spec.ingress).toHaveLength(1);
});

const NONE = { daily: 0, weekly: 0, monthly: 0 };

it.each<[string, Partial<MatrixBackupsProps>, string, string]>([
  [
    'drills are too rare',
    { schedules: { drill: Schedule.cron('30 4 1 */6 *', Duration.days(184)) } },
    "schedules.drill '30 4 1 */6 *'",
    'monthly: ',
  ],
  ['no backup is kept', { keep: NONE }, 'keep must keep at least one backup', 'at least daily: 1'],
  ['a retention is a fraction', { keep: { daily: 1.5 } }, 'keep.daily must be', 'got 1.5'],
  ['the time of a full check is 0', { fullCheckEvery: Duration.days(0) }, 'got 0 days', 'Duration.days(7)'],
  ['the claim is too small', { storage: Size.gibibytes(49) }, 'storage 49Gi', "at least parseSize('50Gi')"],
  ['the objective is too short', { recoveryPointObjective: Duration.seconds(5) }, 'got 5 s', 'from 20 to 3600'],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => backedUp({}, props);
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});

it('fails when the prefix is too long for the jobs', () => {
  const namePrefix = 'p'.repeat(33);
  expect(() => backedUp({ system: { namePrefix } })).toThrow('at most 32 characters');
});

it('fails when the homeserver writes to another database', () => {
  const { database } = partsOf({ managed: true });
  const make = () => backedUp({}, { database });
  expect(make).toThrow(
    "homeserver 'matrix-synapse' writes to database 'chart/Postgres/synapse', not to 'db.example.org:5432/synapse'",
  );
  expect(make).toThrow('use the database that it writes to');
});

it('fails when two systems use one repository', () => {
  const { chart, ...parts } = partsOf();
  const make = (id: string) => new MatrixBackups(chart, id, { ...parts, repository: IN_STORE });
  make('One');
  expect(() => make('Two')).toThrow("would write to the same backup repository 's3:https://s3.example.org/backups'");
  expect(() => make('Three')).toThrow('give each system its own, by bucket, prefix or path');
});

it('needs room for WAL and a base backup only when the repository is off-site', () => {
  const storage = Size.gibibytes(25);
  expect(() => backedUp({ repository: IN_STORE }, { storage })).not.toThrow();
  expect(() => backedUp({ repository: BackupRepository.claim() }, { storage })).toThrow('storage 25Gi');
});

describe('with a database that is managed elsewhere', () => {
  const system = backedUp({ managed: true });
  const { get, keys } = system;
  const jobs = keys.filter((key) => key.startsWith('CronJob ')).map((key) => key.slice('CronJob '.length));
  const pods: [string, Manifest][] = [
    ...jobs.map((name): [string, Manifest] => [name, podOfJob(get('CronJob', name))]),
    ['matrix-backup-agent', get('Deployment', 'matrix-backup-agent').spec.template.spec],
  ];

  it('everything else is backed up, restored and drilled', () => {
    expect(jobs).toEqual([
      'matrix-backup',
      'matrix-backup-prune',
      'matrix-backup-verify',
      'matrix-backup-list',
      'matrix-restore-drill',
      'matrix-restore',
    ]);
    expect(keys).toEqual(expect.arrayContaining(ACCOUNTS.flat()));
  });

  it('tells the program that the database is managed elsewhere', () => {
    const settings = settingsOf(system);
    expect(settings).toMatchObject({ database: null, images: { synapse: system.homeserver.image } });
    expect(settings.images).not.toHaveProperty('postgres');
    expect(Object.keys(settings.jobs)).toEqual(['backup', 'prune', 'drill']);
    expect(get('ConfigMap', 'matrix-backup-script').data).not.toHaveProperty(['drill.yaml']);
  });

  it.each(pods)('%s runs as Synapse, beside it, and knows no database', (name, pod) => {
    expect(pod.securityContext).toMatchObject({ runAsUser: 991, runAsGroup: 991, fsGroup: 991 });
    expect(pod.securityContext.supplementalGroups).toBeUndefined();
    const wanted =
      name === 'matrix-restore'
        ? nearAffinity({ app: 'matrix-backup-agent' })
        : besideAffinity({ app: 'matrix-synapse' });
    expect(pod.affinity).toEqual(wanted);
    const containers = containersOf({ spec: pod });
    expect(containers.flatMap((one) => Object.keys(valuesOf(one))).filter((one) => one.startsWith('PG'))).toEqual([]);
    expect(containers.flatMap(secretsIn)).toEqual([]);
    const claims = pod.volumes.flatMap((one: Manifest) => one.persistentVolumeClaim?.claimName ?? []);
    expect(['matrix-postgres-backup-pvc', 'matrix-synapse-data']).toEqual(expect.arrayContaining(claims));
    const configs = pod.volumes.flatMap((one: Manifest) => one.configMap?.name ?? []);
    expect(configs).not.toContain('matrix-postgres-config');
  });

  it('only Synapse may connect to the database', () => {
    const leading = system.manifests.filter(
      ({ kind, spec }) => kind === 'NetworkPolicy' && JSON.stringify(spec).includes('5432'),
    );
    expect(leading.map(({ metadata }) => metadata.name)).toEqual(['matrix-synapse']);
  });

  it('Synapse stays near the agent, which holds the claim that jobs beside Synapse mount', () => {
    const { affinity } = get('Deployment', 'matrix-synapse').spec.template.spec;
    expect(affinity).toEqual(nearAffinity({ app: 'matrix-backup-agent' }));
  });

  it('needs room for the media only', () => {
    const storage = Size.gibibytes(10);
    expect(() => backedUp({ managed: true }, { storage })).not.toThrow();
    expect(() => backedUp({ managed: true, synapse: { mediaStorage: Size.gibibytes(11) } }, { storage })).toThrow(
      "storage 10Gi of the backups is too small for media of 11Gi: 11Gi for media is 11Gi. Use at least parseSize('11Gi')",
    );
    expect(() => backedUp({ managed: true, repository: IN_STORE }, { storage: Size.gibibytes(1) })).not.toThrow();
  });

  it.each<[string, Partial<MatrixBackupsProps>, string]>([
    ['dumps', { schedules: { dump: Schedule.daily('05:30') } }, "schedules.dump is '30 5 * * *'"],
    ['an objective', { recoveryPointObjective: Duration.seconds(60) }, 'recoveryPointObjective is 60 s'],
  ])('refuses %s that would be ignored', (_, props, value) => {
    const make = () => backedUp({ managed: true }, props);
    expect(make).toThrow(value);
    expect(make).toThrow(
      "but the database at 'db.example.org' is managed elsewhere and backed up by its owner: leave it out",
    );
  });
});
