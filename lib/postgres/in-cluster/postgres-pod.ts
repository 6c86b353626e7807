import type { k8s } from '../../kubernetes/k8s';
import { nearAffinity } from '../../kubernetes/workloads/affinity';
import { resources as amounts, type Resources } from '../../kubernetes/workloads/resources';
import { claimVolume, configVolume, scratch, secretsVolume } from '../../kubernetes/workloads/volumes';
import type { System } from '../../system';
import { SystemSize } from '../../system-size';
import type { IBaseBackup, IMatrixDatabase } from '../database';

/** Where the data claim is mounted, as on the running installation. */
export const POSTGRES_DATA = '/var/lib/postgresql/data';

const PGDATA: k8s.EnvVar = { name: 'PGDATA', value: `${POSTGRES_DATA}/pgdata` };

/** Where the passwords of both roles are, for update-roles.sh. */
const ROLES = '/roles';

/** What PostgreSQL asks for; see the table of sizes in the documentation. */
export const POSTGRES_RESOURCES: { [size in SystemSize]: Resources } = {
  [SystemSize.SMALL]: amounts(200, 160, 4096),
  [SystemSize.MEDIUM]: amounts(2000, 6144, 12288),
  [SystemSize.LARGE]: amounts(4000, 8192, 16384),
};

/** Where WAL is archived. */
export interface ArchiveClaim {
  readonly claimName: string;
  /** Labels that select the pod that always holds it. */
  readonly holder: { [key: string]: string };
}

/**
 * The pod of the database: it is initialised, then runs, and beside it what gives its roles their passwords.
 *
 * @param archive mounted at `/backup`, when WAL is archived.
 */
export function postgresPod(
  system: System,
  postgres: IMatrixDatabase & IBaseBackup,
  archive?: ArchiveClaim,
): k8s.PodSpec {
  const { resources } = postgres;
  const volumeMounts: k8s.VolumeMount[] = [
    { name: 'postgres-storage', mountPath: POSTGRES_DATA },
    { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true },
    { name: 'run', mountPath: '/var/run/postgresql' },
    { name: 'tmp', mountPath: '/tmp' },
    { name: 'shared-memory', mountPath: '/dev/shm' },
    ...(archive ? [{ name: 'postgres-backup', mountPath: '/backup' }] : []),
  ];
  // Exit code 1 is a server that lives but lets nobody in yet, as in recovery after a crash: not to be killed.
  const lives = { exec: { command: ['/bin/sh', '-c', 'pg_isready --quiet || [ $? -eq 1 ]'] }, timeoutSeconds: 5 };
  return system._pod({
    uid: postgres.uid,
    affinity: archive && nearAffinity(archive.holder),
    terminationGracePeriodSeconds: 120,
    initContainers: [
      {
        name: 'initialise',
        image: postgres.image,
        resources,
        command: ['/bin/bash', '/etc/postgresql/initialise.sh'],
        env: [
          PGDATA,
          { name: 'DATABASE_NAME', value: postgres.database },
          { name: 'DATABASE_USER', value: postgres.user },
        ],
        volumeMounts,
      },
    ],
    containers: [
      {
        name: 'postgres',
        image: postgres.image,
        resources,
        command: ['postgres', '-c', 'config_file=/etc/postgresql/postgresql.conf'],
        env: [PGDATA],
        ports: [{ name: 'postgres', containerPort: postgres.port }],
        volumeMounts,
        startupProbe: { ...lives, periodSeconds: 2, failureThreshold: 300 },
        livenessProbe: { ...lives, periodSeconds: 10, failureThreshold: 6 },
        readinessProbe: { exec: { command: ['pg_isready', '--quiet'] }, periodSeconds: 5, timeoutSeconds: 5 },
      },
      {
        name: 'roles',
        image: postgres.image,
        resources: amounts(5, 8, 64),
        command: ['/bin/bash', '/etc/postgresql/update-roles.sh', ROLES],
        env: [{ name: 'DATABASE_USER', value: postgres.user }],
        volumeMounts: [
          { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true },
          { name: 'run', mountPath: '/var/run/postgresql' },
          { name: 'roles', mountPath: ROLES, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    volumes: [
      claimVolume('postgres-storage', postgres.dataClaimName),
      configVolume('postgres-config', postgres.configMapName),
      secretsVolume('roles', { owner: postgres.password, backup: postgres.backupPassword }),
      scratch('run', '10Mi'),
      scratch('tmp', '100Mi'),
      // Parallel queries share memory here; the container runtime gives 64 MiB.
      scratch('shared-memory', '256Mi', true),
      ...(archive ? [claimVolume('postgres-backup', archive.claimName)] : []),
    ],
  });
}
