import type { k8s } from '../../kubernetes/k8s';
import type { ISecretKey } from '../../kubernetes/secret-key';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { type Resources, resources } from '../../kubernetes/workloads/resources';
import { claimVolume, configVolume, NAMESPACE_ENV, scratch, secretEnv } from '../../kubernetes/workloads/volumes';
import type { MatrixPostgres } from '../../postgres/matrix-postgres';
import { PYTHON } from '../../python/python';
import type { MatrixSynapse } from '../../synapse/matrix-synapse';
import type { BackupRepository } from '../repository/backup-repository';

/** What every pod of the backups is made of. */
export interface BackupContext {
  readonly postgres: MatrixPostgres;
  readonly synapse: MatrixSynapse;
  readonly repository: BackupRepository;
  readonly resticImage: string;
  /** Secrets that the images of all three are pulled with. */
  readonly imagePullSecrets: string[];
  readonly repositoryPassword: ISecretKey;
  /** Of the first administrator. @default - there is none */
  readonly adminPassword?: ISecretKey;
  readonly claimName: string;
  /** ConfigMap with the scripts. */
  readonly configMapName: string;
  /** StatefulSet of the synchronous receiver of log. @default - there is none */
  readonly receiverName?: string;
  /** Labels that select the pod of the agent, which always holds the backup claim. */
  readonly agentLabels: { [key: string]: string };
  /** @default - none */
  readonly namePrefix?: string;
}

/** Mounts of a container that runs a script. */
export const SCRIPTS: k8s.VolumeMount = { name: 'scripts', mountPath: '/scripts', readOnly: true };
export const BACKUP: k8s.VolumeMount = { name: 'backup', mountPath: '/backup' };
export const TMP: k8s.VolumeMount = { name: 'tmp', mountPath: '/tmp' };
const TOOLS: k8s.VolumeMount = { name: 'tools', mountPath: '/tools' };
const PASSWORD: k8s.VolumeMount = { name: 'password', mountPath: '/password', readOnly: true };

/** What a job asks for; the limit is for restic, which keeps its index in memory. */
export const JOB: Resources = resources(20, 48, 512);

/** Puts restic, one file without libraries, where the containers that follow find it. */
export function toolsContainer({ resticImage }: BackupContext): HardenedContainerProps {
  return {
    name: 'tools',
    image: resticImage,
    resources: resources(20, 16, 64),
    command: ['cp', '/usr/bin/restic', '/tools/'],
    volumeMounts: [TOOLS],
  };
}

/** How a script of ours that uses the repository differs from the others. */
export interface RepositoryContainerProps {
  readonly name: string;
  /** Beside this file, in `scripts/`. */
  readonly script: string;
  /** Whether it may remove sets. @default false */
  readonly prune?: boolean;
  /** @default - the pod's */
  readonly uid?: number;
  /** @default - none */
  readonly env?: k8s.EnvVar[];
  /** @default - none */
  readonly volumeMounts?: k8s.VolumeMount[];
}

/** A container that runs a script on the repository; in Synapse's image, for its Python. */
export function repositoryContainer(context: BackupContext, props: RepositoryContainerProps): HardenedContainerProps {
  const { repository, synapse } = context;
  return {
    name: props.name,
    image: synapse.image,
    uid: props.uid,
    resources: JOB,
    command: ['python3', `/scripts/${props.script}`],
    env: [
      ...repository.environment(props.prune),
      { name: 'RESTIC_PASSWORD_FILE', value: '/password/repository_password' },
      // Of its own: restic lets no other user into it.
      { name: 'RESTIC_CACHE_DIR', value: `/tmp/cache-${props.name}` },
      { name: 'SERVER_NAME', value: synapse.serverName },
      // For the commands in messages.
      NAMESPACE_ENV,
      ...(context.namePrefix ? [{ name: 'NAME_PREFIX', value: context.namePrefix }] : []),
      ...PYTHON,
      ...(props.env ?? []),
    ],
    volumeMounts: [
      SCRIPTS,
      { ...TOOLS, readOnly: true },
      PASSWORD,
      BACKUP,
      TMP,
      ...repository.volumeMounts(),
      ...(props.volumeMounts ?? []),
    ],
  };
}

/** Volumes of a pod that uses the repository. */
export function repositoryVolumes(context: BackupContext): k8s.Volume[] {
  const { secretName, key } = context.repositoryPassword;
  return [
    configVolume('scripts', context.configMapName),
    claimVolume('backup', context.claimName),
    scratch('tools', '100Mi'),
    // restic's cache of what lies in the repository, and packs in the making.
    scratch('tmp', '2Gi'),
    {
      name: 'password',
      projected: {
        defaultMode: 0o440,
        sources: [
          { secret: { name: secretName, items: [{ key, path: 'repository_password' }] } },
          // Somebody's word that the password is kept elsewhere too.
          { secret: { name: secretName, items: [{ key: 'escrowed', path: 'escrowed' }], optional: true } },
        ],
      },
    },
    ...context.repository.volumes(),
  ];
}

/** Environment of what connects to the database as the role that may read all of it and change nothing. */
export function databaseReader({ postgres }: BackupContext): k8s.EnvVar[] {
  return [
    { name: 'PGHOST', value: postgres.host },
    { name: 'PGPORT', value: String(postgres.port) },
    { name: 'PGDATABASE', value: postgres.database },
    { name: 'PGUSER', value: 'backup' },
    { name: 'PGREQUIREAUTH', value: 'scram-sha-256' },
    secretEnv('PGPASSWORD', postgres.backupPassword),
  ];
}
