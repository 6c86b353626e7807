import { SystemSize } from '../../../lib';
import { nearAffinity } from '../../../lib/kubernetes/workloads/affinity';
import { type ArchiveClaim, POSTGRES_RESOURCES, postgresPod } from '../../../lib/postgres/in-cluster/postgres-pod';
import { containersOf, type Manifest } from '../../support/manifests';
import { emptyChart, postgresIn, systemIn } from '../../support/parts';

function podOf(archive?: ArchiveClaim): Manifest {
  const chart = emptyChart();
  return postgresPod(systemIn(chart), postgresIn(chart), archive);
}
const [initialise, postgres, roles] = containersOf({ spec: podOf() });

it('initialises before it runs, in the same environment', () => {
  expect([initialise.name, postgres.name]).toEqual(['initialise', 'postgres']);
  expect(initialise.command).toEqual(['/bin/bash', '/etc/postgresql/initialise.sh']);
  expect(initialise.volumeMounts).toEqual(postgres.volumeMounts);
  expect(initialise.image).toBe(postgres.image);
});

it('loads the configuration that is mounted', () => {
  expect(postgres.command).toEqual(['postgres', '-c', 'config_file=/etc/postgresql/postgresql.conf']);
});

it('has the passwords only beside the database, as files that follow their Secrets', () => {
  expect(initialise.env).toEqual([
    { name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' },
    { name: 'DATABASE_NAME', value: 'synapse' },
    { name: 'DATABASE_USER', value: 'synapse_user' },
  ]);
  expect(postgres.env).toEqual([{ name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' }]);
  expect(roles.command).toEqual(['/bin/bash', '/etc/postgresql/update-roles.sh', '/roles']);
  expect(roles.env).toEqual([{ name: 'DATABASE_USER', value: 'synapse_user' }]);
  const passwords = roles.volumeMounts.find(({ mountPath }: Manifest) => mountPath === '/roles');
  expect(passwords).toEqual({ name: 'roles', mountPath: '/roles', readOnly: true });
  expect(podOf().volumes).toContainEqual({
    name: 'roles',
    projected: {
      defaultMode: 0o440,
      sources: [
        { secret: { name: 'matrix-postgres-secret', items: [{ key: 'POSTGRES_PASSWORD', path: 'owner' }] } },
        { secret: { name: 'matrix-postgres-secret', items: [{ key: 'BACKUP_PASSWORD', path: 'backup' }] } },
      ],
    },
  });
});

it('gives the roles their passwords through the socket, without the data', () => {
  const paths = roles.volumeMounts.map(({ mountPath }: Manifest) => mountPath);
  expect(paths).toEqual(['/etc/postgresql', '/var/run/postgresql', '/roles', '/tmp']);
});

it('notes the room on the data claim beside the WAL archive, without rights on the data', () => {
  const { volumeMounts, env } = podOf({ claimName: 'archive', holder: {} }).containers[1];
  expect(volumeMounts).toContainEqual({
    name: 'postgres-storage',
    mountPath: '/var/lib/postgresql/data',
    readOnly: true,
  });
  expect(volumeMounts).toContainEqual({ name: 'postgres-backup', mountPath: '/backup/room', subPath: 'room' });
  expect(env).toContainEqual({ name: 'METRICS', value: '/backup/room' });
});

it('is not killed while it recovers, and has ten minutes to start', () => {
  expect(postgres.livenessProbe.exec.command.join(' ')).toContain('[ $? -eq 1 ]');
  expect(postgres.readinessProbe.exec.command).toEqual(['pg_isready', '--quiet']);
  expect(postgres.startupProbe.periodSeconds * postgres.startupProbe.failureThreshold).toBe(600);
});

it('has two minutes for a clean end', () => {
  expect(podOf().terminationGracePeriodSeconds).toBe(120);
});

it('mounts its own folders of the backup claim, which a step makes before it, and only when WAL is archived', () => {
  const mounted = ({ initContainers, containers }: Manifest) =>
    [...initContainers, ...containers].flatMap(({ name, volumeMounts }: Manifest) =>
      volumeMounts.flatMap((mount: Manifest) => (mount.name === 'postgres-backup' ? [{ ...mount, name }] : [])),
    );
  expect(mounted(podOf())).toEqual([]);
  expect(mounted(podOf({ claimName: 'sets', holder: { app: 'agent' } }))).toEqual([
    { name: 'initialise', mountPath: '/backup', readOnly: true },
    { name: 'folders', mountPath: '/backup' },
    { name: 'postgres', mountPath: '/backup/wal', subPath: 'wal' },
    { name: 'roles', mountPath: '/backup/room', subPath: 'room' },
  ]);
  expect(podOf({ claimName: 'sets', holder: { app: 'agent' } }).volumes).toContainEqual({
    name: 'postgres-backup',
    persistentVolumeClaim: { claimName: 'sets' },
  });
});

it('can write only where a volume is', () => {
  const writable = postgres.volumeMounts.filter(({ readOnly }: Manifest) => !readOnly);
  expect(writable.map(({ mountPath }: Manifest) => mountPath)).toEqual([
    '/var/lib/postgresql/data',
    '/var/run/postgresql',
    '/tmp',
    '/dev/shm',
  ]);
});

it('prefers the node of the pod that holds the backup claim, where WAL is archived', () => {
  const holder = { app: 'agent' };
  expect(podOf({ claimName: 'sets', holder }).affinity).toEqual(nearAffinity(holder));
  expect(podOf().affinity).toBeUndefined();
});

it('asks for more in a larger system', () => {
  const [small, medium, large] = Object.values(SystemSize).map((size) => POSTGRES_RESOURCES[size].memory.toMebibytes());
  expect(small).toBeLessThan(medium);
  expect(medium).toBeLessThan(large);
});
