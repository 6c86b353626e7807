import { checkContainerLimits } from '../container-limits';
import { checkedImage } from '../images/image-reference';
import type { k8s } from '../k8s';
import type { PodOptions } from '../pod-options';
import { type Resources, resourceRequirements } from './resources';
import { scratchSize } from './volumes';
import { TOKEN_MOUNT, TOKEN_VOLUME } from './workload-account';

/** A container before it is hardened. */
export interface HardenedContainerProps {
  /** Name of the container. */
  readonly name: string;
  /** Image reference. */
  readonly image: string;
  /** Requests and limits. */
  readonly resources: Resources;
  /** User and group of its processes. Never 0. @default - those of the pod */
  readonly uid?: number;
  /** Command. @default - the image's */
  readonly command?: string[];
  /** Arguments. @default - the image's */
  readonly args?: string[];
  /** Environment variables. @default - none */
  readonly env?: k8s.EnvVar[];
  /** Named ports. @default - none */
  readonly ports?: k8s.ContainerPort[];
  /** Where it mounts the pod's volumes. @default - nowhere */
  readonly volumeMounts?: k8s.VolumeMount[];
  /** Whether it gets the token of the pod's service account. @default false */
  readonly withToken?: boolean;
  /** Capabilities beside none; PodSecurity `restricted` allows only NET_BIND_SERVICE. @default - none */
  readonly addedCapabilities?: string[];
  /** Lifecycle hooks, such as a pre-stop delay. @default - none */
  readonly lifecycle?: k8s.Lifecycle;
  /** Startup probe. @default - none */
  readonly startupProbe?: k8s.Probe;
  /** Readiness probe. @default - none */
  readonly readinessProbe?: k8s.Probe;
  /** Liveness probe. @default - none */
  readonly livenessProbe?: k8s.Probe;
}

/** A pod before it is hardened. */
export interface HardenedPodProps {
  /** User and group of its processes, and the group of its volumes. Never 0. */
  readonly uid: number;
  /** Additional groups, to read the files of another workload. @default - none */
  readonly supplementalGroups?: number[];
  /** Containers. */
  readonly containers: HardenedContainerProps[];
  /** Init containers. @default - none */
  readonly initContainers?: HardenedContainerProps[];
  /** Volumes. @default - none */
  readonly volumes?: k8s.Volume[];
  /** Service account for containers that are `withToken`. @default - the namespace's default, without a token */
  readonly serviceAccountName?: string;
  /** Affinity to nodes and other pods. @default - none */
  readonly affinity?: k8s.Affinity;
  /** Restart policy. @default Always */
  readonly restartPolicy?: string;
  /** Seconds between SIGTERM and SIGKILL. @default 30 */
  readonly terminationGracePeriodSeconds?: number;
}

/**
 * Returns a pod that meets PodSecurity `restricted`. Every pod of a system is created here.
 *
 * Containers have a read-only root file system, no capabilities, requests, and limits for memory and disk.
 * @param pullSecrets names of Secrets with registry credentials.
 * @param shared options for all pods of the system.
 * @throws when a user is root, a bound is not valid, or only one of `serviceAccountName` and `withToken` is set.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function hardenedPod(props: HardenedPodProps, pullSecrets: string[] = [], shared: PodOptions = {}): k8s.PodSpec {
  const { uid, supplementalGroups, containers, initContainers, volumes = [], ...rest } = props;
  checkToken([...(initContainers ?? []), ...containers], props.serviceAccountName);
  checkContainerLimits(shared.limits ?? {});
  const scratch = scratchSize(volumes);
  const harden = (one: HardenedContainerProps, task: boolean) => ({
    ...hardenedContainer(one, task),
    resources: resourceRequirements(one.resources, scratch, shared.limits),
  });
  const all = props.serviceAccountName ? [...volumes, TOKEN_VOLUME] : volumes;
  return {
    ...rest,
    volumes: all.length > 0 ? all : undefined,
    automountServiceAccountToken: false,
    // Variables about other Services would be added to the environment, and some images read them as settings.
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
      // Avoids a walk through large volumes at every start.
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    initContainers: initContainers?.map((one) => harden(one, true)),
    containers: containers.map((one) => harden(one, rest.restartPolicy !== undefined)),
  };
}

/** @param task whether the container is expected to end. A container with a startup probe is a server beside it. */
function hardenedContainer(props: HardenedContainerProps, task: boolean): k8s.Container {
  const { image, resources: _, uid, withToken, volumeMounts, addedCapabilities, ...rest } = props;
  return {
    ...rest,
    volumeMounts: withToken ? [...(volumeMounts ?? []), TOKEN_MOUNT] : volumeMounts,
    image: checkedImage(image),
    imagePullPolicy: 'IfNotPresent',
    // Shows in `kubectl describe pod` why a task failed. The last lines of a server may identify users.
    terminationMessagePolicy: task && !rest.startupProbe ? 'FallbackToLogsOnError' : undefined,
    securityContext: {
      runAsUser: uid === undefined ? undefined : checkedUser(uid),
      runAsGroup: uid,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: addedCapabilities },
    },
  };
}

function checkToken(containers: HardenedContainerProps[], account?: string): void {
  const using = containers.find((one) => one.withToken);
  if (account && !using) {
    throw new Error(
      `serviceAccountName '${account}' is set, but no container uses it: set withToken: true on the one that needs it`,
    );
  }
  if (using && !account) {
    throw new Error(
      `container '${using.name}' is withToken, but the pod has no service account: set serviceAccountName`,
    );
  }
}

function checkedUser(uid: number): number {
  if (!Number.isInteger(uid) || uid < 1) {
    throw new Error(
      `uid must be a whole number from 1, because containers must not run as root, got ${uid}: use the image's user, such as 991`,
    );
  }
  return uid;
}
