import { Duration, Size, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { BackupRepository, MatrixBackups, type MatrixBackupsProps, Peer, WalReceiver } from '../../lib';
import { drillSettings } from '../../lib/backups/jobs/drill';
import { besideAffinity, nearAffinity } from '../../lib/kubernetes/workloads/affinity';
import { IN_STORE, secretsIn, valuesOf } from '../support/backups';
import { containersOf, keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { ALL_SECRETS, emptyChart, postgresIn, renderedIn, synapseIn, untyped } from '../support/parts';
import { EXISTING_SECRETS } from '../support/systems';

function rendered(props: Partial<MatrixBackupsProps> = {}) {
  const chart = emptyChart();
  const postgres = postgresIn(chart, { namePrefix: props.namePrefix });
  const synapse = synapseIn(chart, { postgres, namePrefix: props.namePrefix });
  const before = Testing.synth(chart).map(keyOf);
  const backups = new MatrixBackups(chart, 'Backups', { postgres, synapse, secrets: ALL_SECRETS, ...props });
  const manifests: Manifest[] = Testing.synth(chart);
  const prefix = props.namePrefix ?? '';
  const get = (kind: string, name: string) => renderedIn(chart, kind, `${prefix}${name}`);
  const conf: string = get('ConfigMap', 'matrix-postgres-config').data['postgresql.conf'];
  const keys = manifests.map(keyOf).filter((key) => !before.includes(key));
  return { chart, postgres, synapse, backups, manifests, keys, get, conf };
}

it('minimal', () => {
  const { get, backups, keys, conf } = rendered();
  expect(keys.filter((key) => !key.startsWith('NetworkPolicy '))).toEqual([
    'PersistentVolumeClaim matrix-postgres-backup-pvc',
    'ConfigMap matrix-backup-script',
    'CronJob matrix-backup',
    'CronJob matrix-backup-prune',
    'CronJob matrix-backup-dump',
    'CronJob matrix-backup-verify',
    'CronJob matrix-backup-list',
    'CronJob matrix-restore-drill',
    'ServiceAccount matrix-restore',
    'Role matrix-restore',
    'RoleBinding matrix-restore',
    'CronJob matrix-restore',
    'ServiceAccount matrix-backup-agent',
    'Role matrix-backup-agent',
    'RoleBinding matrix-backup-agent',
    'Deployment matrix-backup-agent',
  ]);
  expect(backups.claimName).toBe('matrix-postgres-backup-pvc');
  expect(get('PersistentVolumeClaim', backups.claimName).spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '50Gi' } },
  });
  expect(conf).toContain("archive_timeout = '40s'");
  expect(conf).not.toContain('synchronous_standby_names');
});

it('all props', () => {
  const { get, backups, keys, conf } = rendered({
    backupRepository: IN_STORE,
    backupStorage: Size.gibibytes(500),
    backupSchedule: '0 */6 * * *',
    pruneSchedule: '15 1 * * *',
    checkDays: 31,
    drillSchedule: '15 3 * * *',
    dumpSchedule: '15 5 1 * *',
    recoveryPoint: Duration.seconds(30),
    withoutLoss: true,
    keepDaily: 1,
    keepWeekly: 2,
    keepMonthly: 12,
    storageClass: 'archive',
    namePrefix: 'second-',
  });
  expect(keys.every((key) => key.split(' ')[1].startsWith('second-matrix-'))).toBe(true);
  const schedules = ['matrix-backup', 'matrix-backup-prune', 'matrix-restore-drill', 'matrix-backup-dump'];
  expect(schedules.map((name) => get('CronJob', name).spec.schedule)).toEqual([
    '0 */6 * * *',
    '15 1 * * *',
    '15 3 * * *',
    '15 5 1 * *',
  ]);
  const [, prune] = containersOf(get('CronJob', 'matrix-backup-prune').spec.jobTemplate.spec.template);
  expect(valuesOf(prune)).toMatchObject({
    KEEP_DAILY: '1',
    KEEP_WEEKLY: '2',
    KEEP_MONTHLY: '12',
    CHECK_DAYS: '31',
    RESTIC_REPOSITORY: 's3:https://s3.example.org/backups',
  });
  expect(backups.claimName).toBe('second-matrix-postgres-backup-pvc');
  for (const name of ['matrix-postgres-backup-pvc', 'matrix-wal-receiver-pvc']) {
    expect(get('PersistentVolumeClaim', name).spec.storageClassName).toBe('archive');
  }
  const { volumes } = get('CronJob', 'matrix-restore-drill').spec.jobTemplate.spec.template.spec;
  const { ephemeral } = volumes.find(({ name }: Manifest) => name === 'drill');
  expect(ephemeral.volumeClaimTemplate.spec.storageClassName).toBe('archive');
  expect(conf).toContain("archive_timeout = '20s'");
  expect(conf).toContain(`synchronous_standby_names = '"second-matrix-wal-receiver"'`);
});

it('uses the credentials that may remove sets in the prune job alone', () => {
  const using = (secret: string) =>
    workloadsOf(rendered({ backupRepository: IN_STORE }).manifests)
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

it('lets nobody into any of its pods', () => {
  const { manifests, keys } = rendered({ backupRepository: IN_STORE });
  const policies = manifests.filter((one) => one.kind === 'NetworkPolicy' && keys.includes(keyOf(one)));
  expect(policies).toHaveLength(8);
  expect(policies.filter(({ spec }) => spec.ingress)).toEqual([]);
});

it('the database archives to the claim of the backups', () => {
  const { get, conf } = rendered();
  expect(conf).toContain("archive_mode = 'on'");
  expect(get('StatefulSet', 'matrix-postgres').spec.template.spec.volumes).toContainEqual({
    name: 'postgres-backup',
    persistentVolumeClaim: { claimName: 'matrix-postgres-backup-pvc' },
  });
});

it('keeps Synapse on the node of the database, and both near the agent: one pod reads the claims of both', () => {
  const { get } = rendered({ namePrefix: 'second-' });
  const affinityOf = (kind: string, name: string) => get(kind, name).spec.template.spec.affinity;
  expect(affinityOf('Deployment', 'matrix-synapse')).toEqual(besideAffinity({ app: 'second-matrix-postgres' }));
  expect(affinityOf('StatefulSet', 'matrix-postgres')).toEqual(nearAffinity({ app: 'second-matrix-backup-agent' }));
});

it('has connections of the database kept for its jobs', () => {
  // Ten of Synapse, three each for set and logical copy, one for the agent, and ten for people.
  expect(rendered().conf).toContain("max_connections = '27'");
});

it('carries the settings of the Synapse of the drill', () => {
  const { get, postgres, synapse } = rendered();
  const text = get('ConfigMap', 'matrix-backup-script').data['drill.yaml'];
  expect(parse(text)).toEqual(drillSettings(untyped({ postgres, synapse })));
});

it('lets a collector read the metrics of the agent', () => {
  const { backups, get } = rendered();
  backups.allowMetricsFrom(Peer.pods({ app: 'prometheus' }));
  expect(get('NetworkPolicy', 'matrix-backup-agent').spec.ingress).toHaveLength(1);
});

it('a drill is given room for the database as it may grow', () => {
  const { postgres, get } = rendered();
  const { volumes } = get('CronJob', 'matrix-restore-drill').spec.jobTemplate.spec.template.spec;
  const { ephemeral } = volumes.find(({ name }: Manifest) => name === 'drill');
  expect(postgres.storage.toGibibytes()).toBe(20);
  expect(ephemeral.volumeClaimTemplate.spec.resources.requests.storage).toBe('20Gi');
});

it.each<[string, object, string, string]>([
  ['a schedule has no meaning', { backupSchedule: '61 * * * *' }, "schedule '61 * * * *'", '0 2 * * *'],
  ['a schedule has seconds', { pruneSchedule: '0 0 2 * * *' }, "schedule '0 0 2 * * *'", 'write five fields'],
  [
    'two fall into one minute',
    { drillSchedule: '0 2 * * 0' },
    "backupSchedule '0 2 * * *' and drillSchedule '0 2 * * 0' both run",
    "write '30 2 * * 0' for drillSchedule",
  ],
  ['drills are too rare', { drillSchedule: '30 4 1 */6 *' }, "drill schedule '30 4 1 */6 *'", 'keepMonthly: '],
  [
    'nothing is kept',
    { keepDaily: 0, keepWeekly: 0, keepMonthly: 0 },
    'keepDaily 0, keepWeekly 0 and keepMonthly 0 keep no backup',
    'at least keepDaily: 1',
  ],
  ['part of a set is kept', { keepDaily: 1.5 }, 'keepDaily 1.5', 'a whole number from 0'],
  ['the number is text', { keepWeekly: '7' }, 'keepWeekly 7', 'a whole number from 0'],
  ['nothing is ever read', { checkDays: 0 }, 'checkDays 0', 'write 1 to 31'],
  ['a part of a day is meant', { checkDays: 2.5 }, 'checkDays 2.5', 'write 1 to 31'],
  ['all is read too seldom', { checkDays: 32 }, 'checkDays 32', 'write 1 to 31'],
  ['the claim is too small', { backupStorage: Size.gibibytes(49) }, 'storage 49Gi', "at least parseSize('50Gi')"],
  ['the storage is text', { backupStorage: '50 Gi' }, '"50 Gi" is no Size', "parseSize('10Gi')"],
  ['log cannot be there in time', { recoveryPoint: Duration.seconds(5) }, 'recoveryPoint 5 s', 'from 20 to 3600'],
  [
    'there is no password of the repository',
    { secrets: { ...ALL_SECRETS, repositoryPassword: undefined } },
    'backups need repositoryPassword',
    'add it to MatrixSecrets.existing({...})',
  ],
  [
    'the password of the repository is text',
    { secrets: { ...ALL_SECRETS, repositoryPassword: 'hunter2' } },
    'repositoryPassword was given as text',
    'SecretKey.of',
  ],
  ['secrets are those of Synapse alone', { secrets: EXISTING_SECRETS }, 'backups need repositoryPassword', 'add it to'],
  ['the prefix is too long', { namePrefix: 'p'.repeat(33) }, `namePrefix '${'p'.repeat(33)}'`, 'at most 32 characters'],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => rendered(untyped(props));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});

it('needs no more room on the claim than log and a copy when the repository is elsewhere', () => {
  const backupStorage = Size.gibibytes(25);
  expect(() => rendered({ backupStorage, backupRepository: IN_STORE })).not.toThrow();
  expect(() => rendered({ backupStorage, backupRepository: BackupRepository.claim() })).toThrow('storage 25Gi');
});

it('fails when the database has a receiver already', () => {
  const chart = emptyChart();
  const postgres = postgresIn(chart);
  new WalReceiver(chart, 'Own', { postgres, namePrefix: 'own-' });
  const synapse = synapseIn(chart, { postgres });
  const make = () =>
    new MatrixBackups(chart, 'Backups', { postgres, synapse, secrets: ALL_SECRETS, withoutLoss: true });
  expect(make).toThrow("commits wait for 'own-matrix-wal-receiver' already: leave 'matrix-wal-receiver' out");
});
