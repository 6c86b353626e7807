import type { k8s } from '../../kubernetes/k8s';
import { nearAffinity } from '../../kubernetes/workloads/affinity';
import { resources as amounts, type Resources } from '../../kubernetes/workloads/resources';
import { claimVolume, configVolume, scratch, secretsVolume } from '../../kubernetes/workloads/volumes';
import type { System } from '../../system';
import { SystemSize } from '../../system-size';
import type { IBaseBackup, IMatrixDatabase } from '../database';
import { exporter } from './exporter/exporter';

/** Mount of the data claim. Existing installations use the same path. */
export const POSTGRES_DATA = '/var/lib/postgresql/data';

const PGDATA: k8s.EnvVar = { name: 'PGDATA', value: `${POSTGRES_DATA}/pgdata` };

const BACKUPS: k8s.VolumeMount = { name: 'postgres-backup', mountPath: '/backup' };
/** The WAL archive, and not the backups beside it: what runs here could be turned against them. */
const WAL_ARCHIVE: k8s.VolumeMount = { name: BACKUPS.name, mountPath: '/backup/wal', subPath: 'wal' };
/** Where the room on the data claim is noted, for the backup agent. */
const ROOM: k8s.VolumeMount = { name: BACKUPS.name, mountPath: '/backup/room', subPath: 'room' };

const MAKE_FOLDERS = ['mkdir -p', WAL_ARCHIVE.mountPath, ROOM.mountPath, '|| true'].join(' ');

const METRICS: k8s.EnvVar[] = [
  { name: 'VOLUME', value: POSTGRES_DATA },
  { name: 'METRICS', value: ROOM.mountPath },
];

/** Folder with the passwords of both roles, for update-roles.sh. */
const ROLES = '/roles';

/** Resources of PostgreSQL; see the table of sizes in the documentation. */
export const POSTGRES_RESOURCES: { [size in SystemSize]: Resources } = {
  [SystemSize.SMALL]: amounts(200, 160, 4096),
  [SystemSize.MEDIUM]: amounts(2000, 6144, 12288),
  [SystemSize.LARGE]: amounts(4000, 8192, 16384),
};

/** The claim that WAL is archived on. */
export interface ArchiveClaim {
  readonly claimName: string;
  /** Labels that select the pod that always mounts it. */
  readonly holder: { [key: string]: string };
}

/**
 * The pod of the database: an init container creates the database, and a second container sets the passwords of its
 * roles.
 *
 * @param archive claim for the WAL archive, of which the server sees only `/backup/wal`. Undefined when WAL is not
 * archived.
 * @param exporterImage image of the exporter. Undefined when no collector reads metrics.
 */
export function postgresPod(
  system: System,
  postgres: IMatrixDatabase & IBaseBackup,
  archive?: ArchiveClaim,
  exporterImage?: string,
): k8s.PodSpec {
  const { resources } = postgres;
  const volumeMounts: k8s.VolumeMount[] = [
    { name: 'postgres-storage', mountPath: POSTGRES_DATA },
    { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true },
    { name: 'run', mountPath: '/var/run/postgresql' },
    { name: 'tmp', mountPath: '/tmp' },
    { name: 'shared-memory', mountPath: '/dev/shm' },
  ];
  // Exit code 1: the server is alive but refuses connections, as in recovery after a crash. It must not be killed.
  const lives = { exec: { command: ['/bin/sh', '-c', 'pg_isready --quiet || [ $? -eq 1 ]'] }, timeoutSeconds: 5 };
  // Made as PostgreSQL's user: where storage does not apply fsGroup, the kubelet's own folders would belong to root. A
  // failure does not keep the database from starting.
  const folders = {
    name: 'folders',
    image: postgres.image,
    resources: amounts(5, 8, 64),
    command: ['/bin/sh', '-c', MAKE_FOLDERS],
    volumeMounts: [BACKUPS],
  };
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
        volumeMounts: [...volumeMounts, ...(archive ? [{ ...BACKUPS, readOnly: true }] : [])],
      },
      ...(archive ? [folders] : []),
    ],
    containers: [
      {
        name: 'postgres',
        image: postgres.image,
        resources,
        command: ['postgres', '-c', 'config_file=/etc/postgresql/postgresql.conf'],
        env: [PGDATA],
        ports: [{ name: 'postgres', containerPort: postgres.port }],
        volumeMounts: [...volumeMounts, ...(archive ? [WAL_ARCHIVE] : [])],
        startupProbe: { ...lives, periodSeconds: 2, failureThreshold: 300 },
        livenessProbe: { ...lives, periodSeconds: 10, failureThreshold: 6 },
        readinessProbe: { exec: { command: ['pg_isready', '--quiet'] }, periodSeconds: 5, timeoutSeconds: 5 },
      },
      {
        name: 'roles',
        image: postgres.image,
        resources: amounts(5, 8, 64),
        command: ['/bin/bash', '/etc/postgresql/update-roles.sh', ROLES],
        env: [
          { name: 'DATABASE_USER', value: postgres.user },
          ...(archive ? METRICS : []),
          ...(exporterImage ? [{ name: 'METRICS_DATABASE', value: postgres.database }] : []),
        ],
        volumeMounts: [
          { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true },
          { name: 'run', mountPath: '/var/run/postgresql' },
          { name: 'roles', mountPath: ROLES, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
          ...(archive ? [{ name: 'postgres-storage', mountPath: POSTGRES_DATA, readOnly: true }, ROOM] : []),
        ],
      },
      ...(exporterImage ? [exporter(exporterImage, postgres.database)] : []),
    ],
    volumes: [
      claimVolume('postgres-storage', postgres.dataClaimName),
      configVolume('postgres-config', postgres.configMapName),
      secretsVolume('roles', { owner: postgres.password, backup: postgres.backupPassword }),
      scratch('run', '10Mi'),
      scratch('tmp', '100Mi'),
      // Parallel queries share memory here, and the 64 MiB of the container runtime are too little.
      scratch('shared-memory', '256Mi', true),
      ...(archive ? [claimVolume('postgres-backup', archive.claimName)] : []),
    ],
  });
}
