import { drillPod } from '../../../../lib/backups/jobs/drill/drill-pod';
import { factsOf, IN_STORE, mountOf, secretsIn, valuesOf, volumeOf } from '../../../support/backup-parts';
import { containersOf, type Manifest } from '../../../support/manifests';

const { facts } = factsOf({ repository: IN_STORE });
const { homeserver, ownDatabase } = facts;
const ACCOUNT = 'matrix-restore-drill';
const pod: Manifest = drillPod(facts, ACCOUNT);
const [, fetch, recover, database, server, check] = containersOf({ spec: pod });
const managed: Manifest = drillPod(factsOf({ managed: true, repository: IN_STORE }).facts, ACCOUNT);

it('fetches, recovers, runs both servers and checks', () => {
  expect(containersOf({ spec: pod }).map(({ name }) => name)).toEqual([
    'tools',
    'fetch',
    'recover',
    'postgres',
    'synapse',
    'check',
  ]);
  expect(pod.containers).toHaveLength(1);
  expect(pod.restartPolicy).toBe('Never');
  expect([fetch, check].map(({ command }) => command.slice(3))).toEqual([
    ['drill', 'fetch'],
    ['drill', 'check'],
  ]);
});

it('has no token of the cluster', () => {
  expect([pod.serviceAccountName, pod.automountServiceAccountToken]).toEqual([undefined, false]);
});

it.each([pod, managed])('mounts neither the data nor the media of the running system', ({ volumes }) => {
  const claims = volumes.flatMap(({ persistentVolumeClaim }: Manifest) => persistentVolumeClaim?.claimName ?? []);
  expect(claims).toEqual(['matrix-postgres-backup-pvc']);
});

it('restores to its own volume, as large as that of the database, which ends with the pod', () => {
  const { spec } = volumeOf(pod, 'drill').ephemeral.volumeClaimTemplate;
  expect(ownDatabase?.backup.storage.toGibibytes()).toBe(20);
  expect(spec).toMatchObject({
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: { value: '20Gi' } } },
  });
  expect(spec.storageClassName).toBeUndefined();
  const other: Manifest = drillPod(factsOf({ system: { storageClass: 'fast' } }).facts, ACCOUNT);
  expect(volumeOf(other, 'drill').ephemeral.volumeClaimTemplate.spec.storageClassName).toBe('fast');
});

it('only its fetch uses the repository, with the credentials that cannot remove backups', () => {
  expect(secretsIn(fetch)).toEqual(['writer']);
  for (const one of [recover, database, server, check]) {
    expect(Object.keys(valuesOf(one)).filter((name) => /^(AWS|RESTIC)_/.test(name))).toEqual([]);
  }
});

it('recovers with the image and the memory of the database', () => {
  for (const one of [recover, database]) {
    expect([one.image, one.resources.limits.memory]).toEqual([ownDatabase?.backup.image, { value: '4Gi' }]);
  }
  expect(secretsIn(recover)).toEqual([]);
  expect(valuesOf(recover)).toEqual({ DATABASE_NAME: 'synapse', DATABASE_USER: 'synapse_user' });
});

it('runs the Synapse of the system, with settings of the drill read last', () => {
  expect(server.image).toBe(homeserver.image);
  expect(server.args).toEqual(['run', '-c', '/config/homeserver.yaml', '-c', '/program/matrix_backups/drill.yaml']);
});

it('waits for the database, and lets the check itself wait for Synapse, which may never start', () => {
  expect(database.startupProbe.exec.command[0]).toBe('pg_isready');
  expect(server.startupProbe).toBeUndefined();
});

it.each([pod, managed])('passes files between steps in memory only, because they include Secrets', (spec) => {
  expect(volumeOf(spec, 'handover').emptyDir.medium).toBe('Memory');
});

it('gives the Secrets of the backup to no step but the one that fetches them', () => {
  expect(mountOf(fetch, '/backup-secrets')).toBeDefined();
  for (const one of [recover, database, server, check]) {
    expect(mountOf(one, '/backup-secrets')).toBeUndefined();
    expect(mountOf(one, '/backup')).toBeUndefined();
  }
  expect([server, check].map((one) => mountOf(one, '/secrets').readOnly)).toEqual([true, true]);
  expect([recover, database].map((one) => mountOf(one, '/secrets'))).toEqual([undefined, undefined]);
  expect(mountOf(recover, '/handover').readOnly).toBe(true);
});

it('recovers without the WAL archive, as after its loss', () => {
  expect(recover.volumeMounts.filter(({ name }: Manifest) => name === 'backup')).toEqual([]);
});

it('only fetches and checks, on scratch space, when the database is managed elsewhere', () => {
  const all = containersOf({ spec: managed });
  expect(all.map(({ name }) => name)).toEqual(['tools', 'fetch', 'check']);
  expect(volumeOf(managed, 'drill').emptyDir).toEqual({ sizeLimit: { value: '1Gi' } });
  expect(all[2].volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual([
    '/program/matrix_backups',
    '/backup/metrics',
    '/drill',
    '/handover',
  ]);
  expect(volumeOf(managed, 'secrets')).toBeUndefined();
});
