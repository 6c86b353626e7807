import type { k8s } from '../../kubernetes/k8s';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { resources } from '../../kubernetes/workloads/resources';
import { claimVolume, configVolume, scratch } from '../../kubernetes/workloads/volumes';
import type { IBaseBackup } from '../../postgres/database';
import { PYTHON } from '../../python/python';
import type { PostgresUpgradeProps } from './postgres-upgrade';

/** The container of the old server, which runs beside the upgrade. */
export const OLD_SERVER = 'old-server';
/** User of PostgreSQL in images on Alpine. */
const ALPINE = 70;
/** Folder of the Python package; its helpers are imported from it by their own names. */
const PACKAGE = '/program/matrix_migration';

interface UpgradePodProps extends PostgresUpgradeProps {
  readonly backup: IBaseBackup;
  readonly action: string;
  /** Name of the ConfigMap and the service account. */
  readonly name: string;
}

/** The pod of an upgrade or of its undo: a check that nothing runs, the old server as a sidecar, the new one. */
export function upgradePod(props: UpgradePodProps): k8s.PodSpec {
  const { system, homeserver, backup, action, name } = props;
  const env = [{ name: 'PGDATA', value: `${backup.dataPath}/pgdata` }];
  const volumeMounts: k8s.VolumeMount[] = [
    { name: 'postgres-storage', mountPath: backup.dataPath },
    { name: 'program', mountPath: '/upgrade', readOnly: true },
    { name: 'run', mountPath: '/run/upgrade' },
    { name: 'shared-memory', mountPath: '/dev/shm' },
    { name: 'tmp', mountPath: '/tmp' },
  ];
  const stopped: HardenedContainerProps = {
    name: 'stopped',
    image: homeserver.image,
    resources: resources(20, 48, 256),
    command: ['python3', '-m', 'matrix_migration', 'stopped'],
    env: [...PYTHON, { name: 'PYTHONPATH', value: `/program:${PACKAGE}` }],
    volumeMounts: [{ name: 'program', mountPath: PACKAGE, readOnly: true }],
    withToken: true,
  };
  const oldServer: HardenedContainerProps = {
    name: OLD_SERVER,
    image: system.image({ name: 'old-postgres', reference: props.oldImage, uid: props.oldUid ?? ALPINE }),
    uid: props.oldUid ?? ALPINE,
    resources: { ...resources(50, 64, 256), memoryLimit: backup.resources.memoryLimit },
    command: ['/bin/bash', '/upgrade/old-server.sh'],
    env,
    volumeMounts,
  };
  return system._pod({
    uid: backup.uid,
    restartPolicy: 'Never',
    serviceAccountName: name,
    initContainers: action === 'undo' ? [stopped] : [stopped, oldServer],
    containers: [
      {
        name: action,
        image: backup.image,
        resources: backup.resources,
        command: ['/bin/bash', '/upgrade/upgrade.sh', action],
        env: [
          ...env,
          { name: 'DATABASE_NAME', value: props.database.database },
          { name: 'DATABASE_USER', value: props.database.user },
          ...(props.oldUser ? [{ name: 'OLD_USER', value: props.oldUser }] : []),
        ],
        volumeMounts: [...volumeMounts, { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true }],
      },
    ],
    volumes: [
      claimVolume('postgres-storage', backup.dataClaimName),
      configVolume('program', name),
      configVolume('postgres-config', backup.configMapName),
      scratch('run', '10Mi'),
      scratch('tmp', '200Mi'),
      scratch('shared-memory', '256Mi', true),
    ],
  });
}
