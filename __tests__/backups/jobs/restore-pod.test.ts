import { restorePod } from '../../../lib/backups/jobs/restore-pod';
import { nearAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { factsOf, IN_STORE, mountOf, secretsIn, valuesOf, volumeOf, writableIn } from '../../support/backup-parts';
import { containersOf, type Manifest } from '../../support/manifests';

const { facts } = factsOf({ repository: IN_STORE });
const { homeserver, ownDatabase } = facts;
const pod: Manifest = restorePod(facts, 'matrix-restore');
const [check, tools, fetch, database, media, finish] = containersOf({ spec: pod });
const managed: Manifest = restorePod(factsOf({ managed: true, repository: IN_STORE }).facts, 'matrix-restore');
const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount';

it('runs its steps one after another, and stops at the first failure', () => {
  const names = ['check', 'tools', 'fetch', 'database', 'media'];
  expect(pod.initContainers.map(({ name }: Manifest) => name)).toEqual(names);
  expect(pod.containers.map(({ name }: Manifest) => name)).toEqual(['finish']);
  expect([pod.restartPolicy, pod.serviceAccountName]).toEqual(['Never', 'matrix-restore']);
  expect([check, fetch, media, finish].map(({ command }) => command.slice(3))).toEqual(
    ['check', 'fetch', 'media', 'finish'].map((step) => ['restore', step]),
  );
});

it('checks first that everything is down, without any data mounted', () => {
  expect(check.volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/program/matrix_backups', TOKEN]);
});

it('only its first and last step use the API of Kubernetes', () => {
  const withToken = [check, tools, fetch, database, media, finish].map((one) => mountOf(one, TOKEN) !== undefined);
  expect(withToken).toEqual([true, false, false, false, false, true]);
});

it('fetches the backup to the volume of the database, with the credentials that cannot remove backups', () => {
  expect(mountOf(fetch, ownDatabase?.backup.dataPath as string)).toMatchObject({ name: 'postgres-storage' });
  for (const one of [tools, fetch, media]) {
    expect(secretsIn(one)).not.toContain('pruner');
  }
  expect(secretsIn(fetch)).toEqual(['writer']);
});

it('recovers with the memory and configuration of the database', () => {
  expect(database.command).toEqual(['/bin/bash', '/program/matrix_backups/restore-database.sh']);
  expect(database.resources.limits.memory).toEqual({ value: '4Gi' });
  expect(mountOf(database, '/etc/postgresql')).toMatchObject({ name: 'postgres-config', readOnly: true });
  expect(volumeOf(pod, 'postgres-storage').persistentVolumeClaim).toEqual({ claimName: 'matrix-postgres-pvc' });
});

it('takes the choice from an optional ConfigMap', () => {
  expect(mountOf(fetch, '/choice')).toEqual({ name: 'choice', mountPath: '/choice', readOnly: true });
  expect(volumeOf(pod, 'choice').configMap).toEqual({ name: 'matrix-restore-choice', optional: true });
});

it('needs no database password: PostgreSQL takes those of the cluster when it starts', () => {
  expect(secretsIn(database)).toEqual([]);
  expect(valuesOf(database)).toEqual({
    PGDATA: '/var/lib/postgresql/data/pgdata',
    DATABASE_NAME: 'synapse',
    DATABASE_USER: 'synapse_user',
    AGENT: 'matrix-backup-agent',
    NAMESPACE: undefined,
  });
});

it('names the synchronous WAL receiver, and does not mount its claim', () => {
  const { facts: later } = factsOf({ repository: IN_STORE, postgres: { synchronousReplication: true } });
  const spec: Manifest = restorePod(later, 'matrix-restore');
  const [, , , step] = containersOf({ spec });
  expect(valuesOf(step)).toMatchObject({ RECEIVER: 'matrix-wal-receiver', AGENT: 'matrix-backup-agent' });
  expect(spec.volumes).toEqual(pod.volumes);
});

it.each([pod, managed])('goes to the node of the agent, which holds the claim of the backups', ({ affinity }) => {
  expect(affinity).toEqual(nearAffinity({ app: 'matrix-backup-agent' }));
});

it('restores the media as their owner', () => {
  expect(media.securityContext).toMatchObject({ runAsUser: 991, runAsGroup: 991 });
  expect(mountOf(media, '/data').name).toBe('synapse-data');
});

it('restores Secrets last, and lets the database start', () => {
  expect(finish.volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual([
    '/program/matrix_backups',
    '/backup',
    '/var/lib/postgresql/data',
    '/handover',
    '/recovered',
    '/backup-secrets',
    TOKEN,
  ]);
  expect(finish.image).toBe(homeserver.image);
});

it.each([pod, managed])('hands Secrets from step to step in memory only', (spec) => {
  expect(volumeOf(spec, 'handover').emptyDir.medium).toBe('Memory');
  expect(volumeOf(spec, 'backup-secrets').emptyDir.medium).toBe('Memory');
});

it('gives the step that runs PostgreSQL no Secrets, no backups, and no plan that it could change', () => {
  expect(writableIn(database)).toEqual([
    '/backup/staging.lock',
    '/backup/wal',
    '/var/lib/postgresql/data',
    '/recovered',
    '/tmp',
    '/dev/shm',
  ]);
  for (const path of ['/backup', '/backup-secrets', '/password', '/tools', TOKEN]) {
    expect(mountOf(database, path)).toBeUndefined();
  }
  for (const step of [media, finish]) {
    expect([mountOf(step, '/handover').readOnly, mountOf(step, '/recovered').readOnly]).toEqual([true, true]);
  }
  expect(mountOf(finish, '/backup-secrets').readOnly).toBe(true);
});

it('does not touch a database that is managed elsewhere', () => {
  const steps = containersOf({ spec: managed });
  expect(steps.map(({ name }) => name)).toEqual(['check', 'tools', 'fetch', 'media', 'finish']);
  expect(managed.securityContext).toMatchObject({ runAsUser: 991, fsGroup: 991 });
  const mounted = steps.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }: Manifest) => name));
  expect(new Set(mounted)).toEqual(new Set(managed.volumes.map(({ name }: Manifest) => name)));
  expect(mounted.filter((name) => name.startsWith('postgres'))).toEqual([]);
  expect(mountOf(steps[2], '/choice')).toBeDefined();
});
