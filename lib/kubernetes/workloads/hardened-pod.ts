import type { Size } from 'cdk8s';
import { checkedImage } from '../images/image-reference';
import type { k8s } from '../k8s';
import type { PodOptions } from '../pod-options';
import { type Resources, resourceRequirements } from './resources';
import { scratchSize } from './volumes';
import { TOKEN_MOUNT, TOKEN_VOLUME } from './workload-account';

/** A container before it is hardened. */
export interface HardenedContainerProps {
  readonly name: string;
  readonly image: string;
  readonly resources: Resources;
  /**
   * User, where it is not the pod's.
   *
   * @default - the pod's
   */
  readonly uid?: number;
  /** @default - the image's */
  readonly command?: string[];
  /** @default - the image's */
  readonly args?: string[];
  /** @default - none */
  readonly env?: k8s.EnvVar[];
  /** @default - none */
  readonly ports?: k8s.ContainerPort[];
  /** @default - none */
  readonly volumeMounts?: k8s.VolumeMount[];
  /** Whether it speaks to Kubernetes as the pod's service account. @default false */
  readonly withToken?: boolean;
  /** What happens before it is asked to end, such as waiting until nobody sends requests any more. @default - nothing */
  readonly lifecycle?: k8s.Lifecycle;
  /** @default - none */
  readonly startupProbe?: k8s.Probe;
  /** @default - none */
  readonly readinessProbe?: k8s.Probe;
  /** @default - none */
  readonly livenessProbe?: k8s.Probe;
}

/** A pod before it is hardened. */
export interface HardenedPodProps {
  /** User and group of its processes, and the group of its volumes. Never 0. */
  readonly uid: number;
  /** Further groups, to read the files of another workload. @default - none */
  readonly supplementalGroups?: number[];
  readonly containers: HardenedContainerProps[];
  /** @default - none */
  readonly initContainers?: HardenedContainerProps[];
  /** @default - none */
  readonly volumes?: k8s.Volume[];
  /** Service account, whose token the containers `withToken` have. @default - the namespace's default account, and no token */
  readonly serviceAccountName?: string;
  /** @default - none */
  readonly affinity?: k8s.Affinity;
  /** @default Always */
  readonly restartPolicy?: string;
  /** @default 30 seconds */
  readonly terminationGracePeriodSeconds?: number;
}

/**
 * The one way to a pod: PodSecurity `restricted`, a read-only root file system, no capabilities, requests, and limits of memory and disk.
 *
 * @param pullSecrets Secrets with the credentials of registries.
 * @param shared what all pods of the system have in common.
 * @throws when a user is root, or a token and its use do not go together.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function hardenedPod(props: HardenedPodProps, pullSecrets: string[] = [], shared: PodOptions = {}): k8s.PodSpec {
  const { uid, supplementalGroups, containers, initContainers, volumes = [], ...rest } = props;
  checkToken([...(initContainers ?? []), ...containers], props.serviceAccountName);
  const scratch = scratchSize(volumes);
  const all = props.serviceAccountName ? [...volumes, TOKEN_VOLUME] : volumes;
  return {
    ...rest,
    volumes: all.length > 0 ? all : undefined,
    automountServiceAccountToken: false,
    // Service variables of every neighbour would leak into the environment, and some images read them as settings.
    enableServiceLinks: false,
    imagePullSecrets: pullSecrets.length > 0 ? pullSecrets.map((name) => ({ name })) : undefined,
    tolerations: shared.tolerations,
    nodeSelector: shared.nodeSelector,
    priorityClassName: shared.priorityClassName,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: checkedUser(uid),
      runAsGroup: uid,
      fsGroup: uid,
      supplementalGroups,
      // Large volumes are walked once, not at every start.
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: initContainers?.map((one) => hardenedContainer(one, scratch, true)),
    containers: containers.map((one) => hardenedContainer(one, scratch, rest.restartPolicy !== undefined)),
  };
}

/** @param task whether it comes to an end, and so says only what it did. One with a probe is a server beside it. */
function hardenedContainer(props: HardenedContainerProps, scratch: Size, task: boolean): k8s.Container {
  const { image, resources, uid, withToken, volumeMounts, ...rest } = props;
  return {
    ...rest,
    volumeMounts: withToken ? [...(volumeMounts ?? []), TOKEN_MOUNT] : volumeMounts,
    image: checkedImage(image),
    imagePullPolicy: 'IfNotPresent',
    // A task that fails says why in `kubectl describe pod`. What a server says last may concern its users.
    terminationMessagePolicy: task && !rest.startupProbe ? 'FallbackToLogsOnError' : undefined,
    resources: resourceRequirements(resources, scratch),
    securityContext: {
      runAsUser: uid === undefined ? undefined : checkedUser(uid),
      runAsGroup: uid,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
  };
}

function checkToken(containers: HardenedContainerProps[], account?: string): void {
  const using = containers.find((one) => one.withToken);
  if (account && !using) {
    throw new Error(
      `no container uses the account '${account}': write withToken: true at the one that speaks to Kubernetes`,
    );
  }
  if (using && !account) {
    throw new Error(`container '${using.name}' has no account to be withToken: write the pod's serviceAccountName`);
  }
}

function checkedUser(uid: number): number {
  if (!Number.isInteger(uid) || uid < 1) {
    throw new Error(
      `uid must be a whole number from 1, since containers must not run as root, got ${uid}: use the image's user, such as 991`,
    );
  }
  return uid;
}
