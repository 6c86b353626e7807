import { restorePod } from '../../lib/backups/restore-pod';
import { containersOf, type Manifest } from '../support/manifests';
import { emptyChart, postgresIn, synapseIn } from '../support/parts';

const chart = emptyChart();
const postgres = postgresIn(chart);
const synapse = synapseIn(chart, { postgres });
const names = { name: 'matrix-restore', claimName: 'sets', configMapName: 'scripts', choice: 'matrix-restore-choice' };
const pod: Manifest = restorePod({ postgres, synapse, ...names });
const [check, database, media, finish] = containersOf({ spec: pod });

const mountOf = (container: Manifest, path: string) =>
  container.volumeMounts.find(({ mountPath }: Manifest) => mountPath === path);

it('goes through its steps one after another, and stops at the first that fails', () => {
  expect(pod.initContainers.map(({ name }: Manifest) => name)).toEqual(['check', 'database', 'media']);
  expect(pod.containers.map(({ name }: Manifest) => name)).toEqual(['finish']);
  expect(pod.restartPolicy).toBe('Never');
});

it('looks first whether Synapse and the database are down', () => {
  expect(check.command.slice(1)).toEqual(['/scripts/restore-check.py', 'matrix-synapse', 'matrix-postgres']);
  expect(mountOf(check, '/backup')).toBeUndefined();
});

it('recovers with the memory and configuration of the database', () => {
  expect(database.resources.limits.memory).toEqual({ value: '4Gi' });
  expect(mountOf(database, '/etc/postgresql')).toEqual({
    name: 'postgres-config',
    mountPath: '/etc/postgresql',
    readOnly: true,
  });
  expect(pod.volumes).toContainEqual({
    name: 'postgres-storage',
    persistentVolumeClaim: { claimName: postgres.dataClaimName },
  });
});

it('takes the choice from a ConfigMap that may be missing: then the newest set, to the end', () => {
  expect(database.volumeMounts).toContainEqual({ name: 'choice', mountPath: '/choice', readOnly: true });
  expect(pod.volumes).toContainEqual({ name: 'choice', configMap: { name: 'matrix-restore-choice', optional: true } });
});

it('sets the passwords of this cluster, from its Secrets', () => {
  expect(database.env).toEqual(
    expect.arrayContaining([
      { name: 'DATABASE_NAME', value: 'synapse' },
      { name: 'DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } },
      { name: 'BACKUP_PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'backup' } } },
    ]),
  );
});

it('puts the media back as their owner, and cannot touch the set', () => {
  expect(media.securityContext).toMatchObject({ runAsUser: 991, runAsGroup: 991 });
  expect(mountOf(media, '/backup').readOnly).toBe(true);
  expect(mountOf(media, '/data').name).toBe('synapse-data');
});

it('brings the signing key back in the end, and gives the database free', () => {
  expect(finish.command.slice(2)).toEqual([
    'vault-identity',
    'signing.key',
    'matrix-restore-choice',
    '/var/lib/postgresql/data/restore-in-progress',
  ]);
  expect(finish.image).toBe(synapse.image);
});

it('hands the signing key from step to step in memory alone', () => {
  expect(pod.volumes).toContainEqual({ name: 'handover', emptyDir: expect.objectContaining({ medium: 'Memory' }) });
});
