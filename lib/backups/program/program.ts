import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileBeside } from '../../kubernetes/files';
import type { k8s } from '../../kubernetes/k8s';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { type Resources, resources } from '../../kubernetes/workloads/resources';
import { RESTART_ON_CHANGE_SH } from '../../kubernetes/workloads/restart-on-change';
import { configVolume, NAMESPACE_ENV, secretEnv } from '../../kubernetes/workloads/volumes';
import { KUBERNETES_API, PYTHON, SYNAPSE_API, VOLUME } from '../../python/python';
import type { BackupFacts, OwnDatabase } from '../backup-facts';

/** Folder of the package and the files that it needs. */
const FOLDER = '/program/matrix_backups';

/** Mount of the program. */
export const PROGRAM: k8s.VolumeMount = { name: 'program', mountPath: FOLDER, readOnly: true };

/** Volume of the program. */
export function programVolume({ configMapName }: BackupFacts): k8s.Volume {
  return configVolume(PROGRAM.name, configMapName);
}

/** Files of the ConfigMap with the program, except its settings. A ConfigMap has no folders, so they are flattened. */
export function programFiles(): { [name: string]: string } {
  const sources = readdirSync(join(__dirname, 'matrix_backups'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(py|sh|sql)$/.test(path))
    .map((path): [string, string] => [basename(path), fileBeside(join(__dirname, 'matrix_backups'), path)])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...Object.fromEntries(sources),
    ...KUBERNETES_API,
    ...SYNAPSE_API,
    ...VOLUME,
    'restart-on-change.sh': RESTART_ON_CHANGE_SH,
  };
}

/** Path of a file of the program in its containers. */
export function programFile(name: string): string {
  return `${FOLDER}/${name}`;
}

/** Command that runs one of the program's bash scripts, for images without Python. */
export function bash(name: string): string[] {
  return ['/bin/bash', programFile(name)];
}

/** Props of {@link programContainer}. */
export interface ProgramContainerProps {
  readonly name: string;
  /** Words after `python3 -m matrix_backups`. */
  readonly command: string[];
  /** @default - enough for a program that uses little memory */
  readonly resources?: Resources;
  /** @default - the pod's */
  readonly uid?: number;
  /** @default - none */
  readonly env?: k8s.EnvVar[];
  /** @default - none */
  readonly volumeMounts?: k8s.VolumeMount[];
  /** Whether it uses the API of Kubernetes. @default false */
  readonly withToken?: boolean;
}

/** A container that runs the program, in the image of the homeserver for its Python. */
export function programContainer(facts: BackupFacts, props: ProgramContainerProps): HardenedContainerProps {
  return {
    name: props.name,
    image: facts.homeserver.image,
    uid: props.uid,
    resources: props.resources ?? facts.jobResources ?? resources(20, 48, 256),
    command: ['python3', '-m', 'matrix_backups', ...props.command],
    env: [
      ...(props.env ?? []),
      // For the commands in messages.
      NAMESPACE_ENV,
      ...PYTHON,
      { name: 'PYTHONPATH', value: `/program:${FOLDER}` },
    ],
    volumeMounts: [PROGRAM, ...(props.volumeMounts ?? [])],
    withToken: props.withToken,
  };
}

/** Environment of a container that reads the database, as the role that may read everything and change nothing. */
export function databaseReader({ server, backup }: OwnDatabase): k8s.EnvVar[] {
  return [
    { name: 'PGHOST', value: server.host },
    { name: 'PGPORT', value: String(server.port) },
    { name: 'PGDATABASE', value: server.database },
    { name: 'PGUSER', value: 'backup' },
    { name: 'PGREQUIREAUTH', value: 'scram-sha-256' },
    // The owner of the database can set defaults for it, which these win over.
    {
      name: 'PGOPTIONS',
      value: '-c search_path=pg_catalog,pg_temp -c row_security=off -c default_transaction_read_only=on',
    },
    secretEnv('PGPASSWORD', backup.backupPassword),
  ];
}
