import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Size, Testing } from 'cdk8s';
import { MatrixBackups, type MatrixBackupsProps } from '../../lib';
import { besideAffinity } from '../../lib/kubernetes/affinity';
import { keyOf, type Manifest, workloadsOf } from '../support/manifests';
import { emptyChart, postgresIn, renderedIn, synapseIn, untyped } from '../support/parts';

function rendered(props: Partial<MatrixBackupsProps> = {}) {
  const chart = emptyChart();
  const postgres = postgresIn(chart, { namePrefix: props.namePrefix });
  const synapse = synapseIn(chart, { postgres, namePrefix: props.namePrefix });
  const before = Testing.synth(chart).map(keyOf);
  const backups = new MatrixBackups(chart, 'Backups', { postgres, synapse, ...props });
  const manifests: Manifest[] = Testing.synth(chart);
  return { chart, backups, manifests, keys: manifests.map(keyOf).filter((key) => !before.includes(key)) };
}

it('minimal', () => {
  const { chart, backups, keys } = rendered();
  expect(keys).toEqual([
    'NetworkPolicy matrix-backup',
    'PersistentVolumeClaim matrix-postgres-backup-pvc',
    'ConfigMap matrix-backup-script',
    'CronJob matrix-backup',
    'NetworkPolicy matrix-restore',
    'ServiceAccount matrix-restore',
    'Role matrix-restore',
    'RoleBinding matrix-restore',
    'CronJob matrix-restore',
  ]);
  const { claimName, backupName, restoreName } = backups;
  expect([claimName, backupName, restoreName]).toEqual([
    'matrix-postgres-backup-pvc',
    'matrix-backup',
    'matrix-restore',
  ]);
  expect(renderedIn(chart, 'CronJob', 'matrix-backup').spec).toMatchObject({
    schedule: '0 2 * * *',
    timeZone: 'Etc/UTC',
    concurrencyPolicy: 'Forbid',
  });
  expect(renderedIn(chart, 'PersistentVolumeClaim', claimName).spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '50Gi' } },
  });
});

it('all props', () => {
  const { chart, backups, keys } = rendered({
    schedule: '*/30 * * * *',
    keep: 48,
    storage: Size.gibibytes(500),
    storageClass: 'archive',
    namePrefix: 'second-',
  });
  expect(keys.every((key) => key.split(' ')[1].startsWith('second-matrix-'))).toBe(true);
  const { schedule, jobTemplate } = renderedIn(chart, 'CronJob', backups.backupName).spec;
  expect(schedule).toBe('*/30 * * * *');
  expect(jobTemplate.spec.template.spec.containers[0].env).toContainEqual({ name: 'KEEP', value: '48' });
  expect(renderedIn(chart, 'PersistentVolumeClaim', backups.claimName).spec).toMatchObject({
    storageClassName: 'archive',
    resources: { requests: { storage: '500Gi' } },
  });
});

it('ends a backup that hangs, and does not overlap the next', () => {
  const { spec } = renderedIn(rendered().chart, 'CronJob', 'matrix-backup');
  expect(spec.concurrencyPolicy).toBe('Forbid');
  expect(spec.jobTemplate.spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 21600 });
});

it('carries every script of its folder, and every script that its pods run', () => {
  const { chart, manifests } = rendered();
  const { data } = renderedIn(chart, 'ConfigMap', 'matrix-backup-script');
  const scripts = readdirSync(join(__dirname, '../../lib/backups')).filter((name) => !name.endsWith('.ts'));
  expect(Object.keys(data).sort()).toEqual([...scripts, 'kube.py'].sort());
  const run = workloadsOf(manifests)
    .flatMap(({ template }) => [...(template.spec.initContainers ?? []), ...template.spec.containers])
    .flatMap(({ command = [] }) => command.filter((part: string) => part.startsWith('/scripts/')));
  expect(run.length).toBeGreaterThan(4);
  expect(Object.keys(data).map((name) => `/scripts/${name}`)).toEqual(expect.arrayContaining(run));
});

it('the database archives to the claim of the sets', () => {
  const { chart } = rendered();
  expect(renderedIn(chart, 'ConfigMap', 'matrix-postgres-config').data['postgresql.conf']).toContain(
    "archive_mode = 'on'",
  );
  expect(renderedIn(chart, 'StatefulSet', 'matrix-postgres').spec.template.spec.volumes).toContainEqual({
    name: 'postgres-backup',
    persistentVolumeClaim: { claimName: 'matrix-postgres-backup-pvc' },
  });
});

it('keeps Synapse on the node of the database: one pod reads the claims of both', () => {
  const { chart } = rendered({ namePrefix: 'second-' });
  const affinityOf = (kind: string, name: string) => renderedIn(chart, kind, name).spec.template.spec.affinity;
  expect(affinityOf('Deployment', 'second-matrix-synapse')).toEqual(besideAffinity({ app: 'second-matrix-postgres' }));
  expect(affinityOf('StatefulSet', 'second-matrix-postgres')).toBeUndefined();
});

it('may speak to the database, and takes none of its connections', () => {
  const { chart } = rendered();
  const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-backup').spec;
  expect(egress).toContainEqual({
    to: [{ podSelector: { matchLabels: { app: 'matrix-postgres' } } }],
    ports: [{ port: 5432, protocol: 'TCP' }],
  });
  expect(renderedIn(chart, 'ConfigMap', 'matrix-postgres-config').data['postgresql.conf']).toContain(
    "max_connections = '20'",
  );
});

it.each<[string, object, string, string]>([
  ['none is kept', { keep: 0 }, 'keep 0 would keep no backup', 'a whole number from 1'],
  ['fewer than none are', { keep: -1 }, 'keep -1', 'a whole number from 1'],
  ['part of one is', { keep: 1.5 }, 'keep 1.5', 'a whole number from 1'],
  ['the number is text', { keep: '7' }, 'keep 7', 'a whole number from 1'],
  ['the schedule has no meaning', { schedule: '61 * * * *' }, "schedule '61 * * * *'", '0 2 * * *'],
  ['the schedule has seconds', { schedule: '0 0 2 * * *' }, "schedule '0 0 2 * * *'", 'write five fields'],
  ['the schedule is a word', { schedule: 'daily' }, "schedule 'daily'", 'write five fields'],
  ['the storage is text', { storage: '50 Gi' }, '"50 Gi" is no Size', "parseSize('10Gi')"],
  ['the prefix is too long', { namePrefix: 'p'.repeat(38) }, `namePrefix '${'p'.repeat(38)}'`, 'at most 37 characters'],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => rendered(untyped(props));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});
