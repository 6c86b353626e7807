import type { k8s } from '../kubernetes/k8s';
import { besideAffinity, nearAffinity } from '../kubernetes/workloads/affinity';
import { resources as amounts, type Resources } from '../kubernetes/workloads/resources';
import { claimVolume, configVolume, scratch, secretEnv, secretsVolume } from '../kubernetes/workloads/volumes';
import type { IBaseBackup, IMatrixDatabase } from '../postgres/database';
import { PYTHON } from '../python/python';
import type { IMatrixHomeserver } from '../synapse/homeserver';
import type { System } from '../system';

/** Folder of the package; its helpers are imported from it by their own names. */
const FOLDER = '/program/matrix_migration';
/** Folder of homeserver.yaml and of the module that reads it, as in the pod of Synapse. */
const CONFIG = '/config';

/** Resources of a step: the port keeps a batch of rows in memory. */
const STEP = amounts(100, 256, 2048);

interface PodProps {
  readonly system: System;
  readonly homeserver: IMatrixHomeserver;
  readonly resources?: Resources;
  /** Name of the ConfigMap and the service account. */
  readonly name: string;
}

const PROGRAM: k8s.VolumeMount = { name: 'program', mountPath: FOLDER, readOnly: true };

/** The pod of a step that reads the files of the homeserver, and is as its Synapse for Synapse's own programs. */
export function migrationPod(
  props: PodProps & { readonly database: IMatrixDatabase; readonly step: string },
): k8s.PodSpec {
  const { system, homeserver, database, name, step } = props;
  return system._pod({
    uid: homeserver.uid,
    restartPolicy: 'Never',
    serviceAccountName: name,
    // Most storage allows one node, and Synapse's pod runs beside the database.
    affinity: database.backup ? besideAffinity(database.backup.podLabels) : nearAffinity(homeserver.podLabels),
    containers: [
      {
        name: step,
        image: homeserver.image,
        resources: props.resources ?? STEP,
        command: ['python3', '-m', 'matrix_migration', step],
        env: [
          secretEnv('PGPASSWORD', database.password),
          ...PYTHON,
          { name: 'PYTHONPATH', value: `/program:${FOLDER}:${CONFIG}` },
        ],
        volumeMounts: [
          PROGRAM,
          { name: 'synapse-data', mountPath: '/data' },
          { name: 'config', mountPath: CONFIG, readOnly: true },
          { name: 'secrets', mountPath: '/secrets', readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
        ],
        withToken: true,
      },
    ],
    volumes: [
      configVolume(PROGRAM.name, name),
      claimVolume('synapse-data', homeserver.dataClaimName),
      configVolume('config', homeserver.configMapName),
      secretsVolume('secrets', homeserver.secretFiles),
      scratch('tmp', '1Gi'),
    ],
  });
}

/** The pod that moves the files of another PostgreSQL aside, as their owner. */
export function postgresPod({
  system,
  homeserver,
  backup,
  name,
  resources,
}: PodProps & { readonly backup: IBaseBackup }): k8s.PodSpec {
  return system._pod({
    uid: backup.uid,
    restartPolicy: 'Never',
    serviceAccountName: name,
    containers: [
      {
        name: 'postgres',
        image: homeserver.image,
        resources: resources ?? STEP,
        command: ['python3', '-m', 'matrix_migration', 'postgres'],
        env: [...PYTHON, { name: 'PYTHONPATH', value: `/program:${FOLDER}` }],
        volumeMounts: [PROGRAM, { name: 'postgres-storage', mountPath: '/postgres' }],
        withToken: true,
      },
    ],
    volumes: [configVolume(PROGRAM.name, name), claimVolume('postgres-storage', backup.dataClaimName)],
  });
}
