import { type ArchiveClaim, postgresPod } from '../../lib/postgres/postgres-pod';
import { containersOf, type Manifest } from '../support/manifests';
import { emptyChart, postgresIn } from '../support/parts';

const podOf = (archive?: ArchiveClaim): Manifest => postgresPod(postgresIn(emptyChart()), archive);
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

it('knows the passwords only beside the database, as files that follow their Secrets', () => {
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
        { secret: { name: 'database', items: [{ key: 'password', path: 'owner' }] } },
        { secret: { name: 'database', items: [{ key: 'backup', path: 'backup' }] } },
      ],
    },
  });
});

it('gives the roles their passwords through the socket, without the data', () => {
  const paths = roles.volumeMounts.map(({ mountPath }: Manifest) => mountPath);
  expect(paths).toEqual(['/etc/postgresql', '/var/run/postgresql', '/roles', '/tmp']);
});

it('is not killed while it recovers, and has ten minutes to begin', () => {
  expect(postgres.livenessProbe.exec.command.join(' ')).toContain('[ $? -eq 1 ]');
  expect(postgres.readinessProbe.exec.command).toEqual(['pg_isready', '--quiet']);
  expect(postgres.startupProbe.periodSeconds * postgres.startupProbe.failureThreshold).toBe(600);
});

it('has time for a clean end', () => {
  expect(podOf().terminationGracePeriodSeconds).toBe(120);
});

it('mounts the backups only when log is archived', () => {
  const mounted = (pod: Manifest) => pod.containers[0].volumeMounts.map(({ mountPath }: Manifest) => mountPath);
  expect(mounted(podOf())).not.toContain('/backup');
  expect(mounted(podOf({ claimName: 'sets', holder: { app: 'agent' } }))).toContain('/backup');
  expect(podOf({ claimName: 'sets', holder: { app: 'agent' } }).volumes).toContainEqual({
    name: 'postgres-backup',
    persistentVolumeClaim: { claimName: 'sets' },
  });
});

it('may write only where a volume is', () => {
  const writable = postgres.volumeMounts.filter(({ readOnly }: Manifest) => !readOnly);
  expect(writable.map(({ mountPath }: Manifest) => mountPath)).toEqual([
    '/var/lib/postgresql/data',
    '/var/run/postgresql',
    '/tmp',
    '/dev/shm',
  ]);
});
