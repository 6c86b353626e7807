import type { k8s } from '../../kubernetes/k8s';
import type { Schedule } from '../../kubernetes/schedule';
import { besideAffinity } from '../../kubernetes/workloads/affinity';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import type { BackupFacts } from '../backup-facts';
import { repositoryVolumes, toolsContainer } from '../repository/repository-container';

/** Mount of the memory that the steps of a pod share: Secrets pass through it. */
export const HANDOVER: k8s.VolumeMount = { name: 'handover', mountPath: '/handover' };

/** Props of a job that an operator runs. */
export interface JobProps {
  readonly facts: BackupFacts;
}

/** Props of a job with a schedule. */
export interface RecurringJobProps extends JobProps {
  readonly schedule: Schedule;
}

/** Props of {@link jobPod}. */
export interface JobPodProps {
  /** Init containers. @default - none */
  readonly steps?: HardenedContainerProps[];
  readonly container: HardenedContainerProps;
  /** Besides those of the repository. @default - none */
  readonly volumes?: k8s.Volume[];
  /** Whether it reads files of the homeserver. @default false */
  readonly usesMedia?: boolean;
}

/** A pod of a job that uses the repository, on the node of the data and as its owner. */
export function jobPod(
  facts: BackupFacts,
  { steps = [], container, volumes = [], usesMedia }: JobPodProps,
): k8s.PodSpec {
  return facts.system._pod({
    uid: facts.uid,
    supplementalGroups: usesMedia ? facts.mediaGroups : undefined,
    restartPolicy: 'Never',
    affinity: besideAffinity(facts.dataHolder),
    initContainers: [toolsContainer(facts), ...steps],
    containers: [container],
    volumes: [...repositoryVolumes(facts), ...volumes],
  });
}
