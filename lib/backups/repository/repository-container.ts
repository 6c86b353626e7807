import type { k8s } from '../../kubernetes/k8s';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { type Resources, resources } from '../../kubernetes/workloads/resources';
import { claimVolume, scratch, secretsVolume } from '../../kubernetes/workloads/volumes';
import type { BackupFacts } from '../backup-facts';
import { type ProgramContainerProps, programContainer, programVolume } from '../program/program';

/** Mount of the claim of the backups. */
export const BACKUP: k8s.VolumeMount = { name: 'backup', mountPath: '/backup' };
/** Mount of the scratch space. */
export const TMP: k8s.VolumeMount = { name: 'tmp', mountPath: '/tmp' };
const TOOLS: k8s.VolumeMount = { name: 'tools', mountPath: '/tools' };
const PASSWORD: k8s.VolumeMount = { name: 'password', mountPath: '/password', readOnly: true };

/** Resources of a job; the limit is for restic, which keeps its index in memory. */
export const JOB: Resources = resources(20, 48, 512);

/** Copies restic, one static file, to a volume that the other containers mount. */
export function toolsContainer({ resticImage, jobResources }: BackupFacts): HardenedContainerProps {
  return {
    name: 'tools',
    image: resticImage,
    resources: jobResources ?? resources(20, 16, 64),
    command: ['cp', '/usr/bin/restic', '/tools/'],
    volumeMounts: [TOOLS],
  };
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
