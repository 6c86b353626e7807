import type { k8s } from '../../kubernetes/k8s';
import type { Schedule } from '../../kubernetes/schedule';
import { besideAffinity } from '../../kubernetes/workloads/affinity';
import type { HardenedContainerProps } from '../../kubernetes/workloads/hardened-pod';
import { scratch } from '../../kubernetes/workloads/volumes';
import type { BackupFacts } from '../backup-facts';
import { repositoryVolumes, toolsContainer } from '../repository/repository-container';

/** Mount of the memory in which a step tells the next ones what to do. */
export const HANDOVER: k8s.VolumeMount = { name: 'handover', mountPath: '/handover' };
/** The same for the steps that follow, which cannot change it. */
export const TOLD: k8s.VolumeMount = { ...HANDOVER, readOnly: true };
/** Mount of the memory in which the steps that run PostgreSQL note their results. */
export const RECOVERED: k8s.VolumeMount = { name: 'recovered', mountPath: '/recovered' };
/** Mount of the memory with the Secrets of a backup. No container that runs PostgreSQL has it. */
export const BACKUP_SECRETS: k8s.VolumeMount = { name: 'backup-secrets', mountPath: '/backup-secrets' };

/** Volumes of these mounts. */
export function handoverVolumes(restoresDatabase: boolean): k8s.Volume[] {
  const recovered = restoresDatabase ? [scratch(RECOVERED.name, '64Mi', true)] : [];
  return [scratch(HANDOVER.name, '16Mi', true), ...recovered, scratch(BACKUP_SECRETS.name, '16Mi', true)];
}

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
  /** Service account of the steps that are `withToken`. @default - none */
  readonly serviceAccountName?: string;
  /** Seconds that its sidecars have to end. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
  /** Folder of the claim in which its first step puts files for the last one. @default none */
  readonly staging?: string;
}

/** A pod of a job that uses the repository, on the node of the data and as its owner. */
export function jobPod(
  facts: BackupFacts,
  { steps = [], container, volumes = [], usesMedia, staging, ...pod }: JobPodProps,
): k8s.PodSpec {
  return facts.system._pod({
    uid: facts.uid,
    supplementalGroups: usesMedia ? facts.mediaGroups : undefined,
    restartPolicy: 'Never',
    serviceAccountName: pod.serviceAccountName,
    terminationGracePeriodSeconds: pod.terminationGracePeriodSeconds,
    affinity: besideAffinity(facts.dataHolder),
    initContainers: [toolsContainer(facts, staging), ...steps],
    containers: [container],
    volumes: [...repositoryVolumes(facts), ...volumes],
  });
}
