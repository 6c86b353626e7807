import type { k8s } from '../../kubernetes/k8s';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { type Resources, resources } from '../../kubernetes/workloads/resources';
import { claimVolume, scratch, secretsVolume } from '../../kubernetes/workloads/volumes';
import type { BackupFacts } from '../backup-facts';
import { type ProgramContainerProps, programContainer, programVolume } from '../program/program';

/** Mount of the claim of the backups. */
export const BACKUP: k8s.VolumeMount = { name: 'backup', mountPath: '/backup' };
/** Mount of the WAL archive only, for containers that run PostgreSQL or read what it says. */
export const WAL_ARCHIVE: k8s.VolumeMount = { name: BACKUP.name, mountPath: '/backup/wal', subPath: 'wal' };
/** Mount of the results of the jobs only. */
export const RESULTS: k8s.VolumeMount = { name: BACKUP.name, mountPath: '/backup/metrics', subPath: 'metrics' };
/** Mount of the lock of the jobs that make or restore a backup. */
const STAGING_LOCK: k8s.VolumeMount = {
  name: BACKUP.name,
  mountPath: '/backup/staging.lock',
  subPath: 'staging.lock',
};
/** Mount of the scratch space. */
export const TMP: k8s.VolumeMount = { name: 'tmp', mountPath: '/tmp' };
const TOOLS: k8s.VolumeMount = { name: 'tools', mountPath: '/tools' };
const PASSWORD: k8s.VolumeMount = { name: 'password', mountPath: '/password', readOnly: true };

/** Resources of a job; the limit is for restic, which keeps its index in memory. */
export const JOB: Resources = resources(20, 48, 512);

/**
 * Copies restic, one static file, to a volume that the other containers mount.
 *
 * @param staging folder for which a step has {@link stagingMounts}. What they mount is made here, as its user: the kubelet
 * would make folders that belong to root, and one of the lock too.
 */
export function toolsContainer({ resticImage, jobResources }: BackupFacts, staging?: string): HardenedContainerProps {
  const copy = ['cp', '/usr/bin/restic', '/tools/'];
  return {
    name: 'tools',
    image: resticImage,
    resources: jobResources ?? resources(20, 16, 64),
    command: staging ? ['sh', '-c', `${makeStaging(staging)} && ${copy.join(' ')}`] : copy,
    volumeMounts: staging ? [TOOLS, BACKUP] : [TOOLS],
  };
}

/**
 * Mounts of a step that puts what PostgreSQL says on the claim, in a folder of its own: it sees no backups, and cannot
 * change what other steps and the agent believe.
 */
export function stagingMounts(folder: string): k8s.VolumeMount[] {
  const folders = stagingFolders(folder);
  return [
    STAGING_LOCK,
    { ...WAL_ARCHIVE, readOnly: true },
    ...folders.map((subPath) => ({ name: BACKUP.name, mountPath: `${BACKUP.mountPath}/${subPath}`, subPath })),
  ];
}

/** Data, and notes about them. */
const stagingFolders = (folder: string) => [folder, `${folder}.notes`];

function makeStaging(folder: string): string {
  const folders = ['wal', ...stagingFolders(folder)].map((name) => `${BACKUP.mountPath}/${name}`);
  return `umask 007 && mkdir -p ${folders.join(' ')} && : >>${STAGING_LOCK.mountPath}`;
}

/** Mounts of the step that restores the database. @param received whether it may need WAL of the synchronous receiver. */
export function recoveryMounts(received: boolean): k8s.VolumeMount[] {
  const receiver = { name: BACKUP.name, mountPath: '/backup/receiver', subPath: 'receiver', readOnly: true };
  return [STAGING_LOCK, WAL_ARCHIVE, ...(received ? [receiver] : [])];
}

/** Props of {@link repositoryContainer}. */
export interface RepositoryContainerProps extends ProgramContainerProps {
  /** Whether it may remove backups. @default false */
  readonly prune?: boolean;
}

/** A container that runs the program on the repository. */
export function repositoryContainer(facts: BackupFacts, props: RepositoryContainerProps): HardenedContainerProps {
  const { repository } = facts;
  return programContainer(facts, {
    name: props.name,
    command: props.command,
    resources: props.resources ?? facts.jobResources ?? JOB,
    uid: props.uid,
    env: [
      ...repository._environment(props.prune),
      { name: 'RESTIC_PASSWORD_FILE', value: '/password/repository_password' },
      // One for each container: restic makes its cache unreadable for other users.
      { name: 'RESTIC_CACHE_DIR', value: `/tmp/cache-${props.name}` },
      ...(props.env ?? []),
    ],
    volumeMounts: [
      { ...TOOLS, readOnly: true },
      PASSWORD,
      BACKUP,
      TMP,
      ...repository._volumeMounts(),
      ...(props.volumeMounts ?? []),
    ],
    withToken: props.withToken,
  });
}

/** Volumes of a pod that uses the repository. */
export function repositoryVolumes(facts: BackupFacts): k8s.Volume[] {
  const { secretName } = facts.repositoryPassword;
  return [
    programVolume(facts),
    claimVolume('backup', facts.claimName),
    scratch('tools', '100Mi'),
    // restic's cache of the repository, and packs in the making.
    scratch('tmp', '2Gi'),
    secretsVolume(
      'password',
      { repository_password: facts.repositoryPassword },
      // Exists when an operator has confirmed that the password is stored elsewhere too.
      { escrowed: { secretName, key: 'escrowed' } },
    ),
    ...facts.repository._volumes(),
  ];
}
