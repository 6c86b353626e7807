import { objectName } from './names';

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

/** Labels of a workload's pods and objects, following Kubernetes' recommended labels. */
export interface WorkloadLabels {
  /** Name of the workload and value of its `app` label, prefix included. */
  readonly app: string;
  /** Role within the system, such as `database`. */
  readonly component: string;
  /** Prefix of the names of a second system in one namespace. @default - none */
  readonly namePrefix?: string;
  /** Additional labels for pods only. @default - none */
  readonly podLabels?: { [key: string]: string };
  /** Annotations for pods only. @default - none */
  readonly podAnnotations?: { [key: string]: string };
}

/** Returns the selector of a workload: only `app`, because selectors of running installations cannot change. */
export function selectorLabels({ app }: WorkloadLabels): { [key: string]: string } {
  return { app };
}

/** Returns the labels that all objects and pods of a system share, and those of no other system. */
export function systemLabels({ namePrefix }: Pick<WorkloadLabels, 'namePrefix'>): { [key: string]: string } {
  return { 'app.kubernetes.io/instance': objectName(namePrefix, 'matrix'), 'app.kubernetes.io/part-of': 'matrix' };
}

/**
 * Returns the labels of every object and pod.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function labelsOf(workload: WorkloadLabels): { [key: string]: string } {
  return {
    ...selectorLabels(workload),
    ...systemLabels(workload),
    'app.kubernetes.io/name': workload.app,
    'app.kubernetes.io/component': workload.component,
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}

/**
 * Annotations that keep Argo CD and Flux from pruning an object.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export const NEVER_PRUNED = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
} as const;

/**
 * Annotations that let Argo CD and Flux replace an object that cannot be changed.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#force-sync
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#force
 */
export const REPLACED = {
  'argocd.argoproj.io/sync-options': 'Force=true,Replace=true',
  'kustomize.toolkit.fluxcd.io/force': 'enabled',
} as const;

/**
 * Annotation that makes Argo CD leave the health of an object out of that of the Application.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */
export const WITHOUT_HEALTH = { 'argocd.argoproj.io/ignore-healthcheck': 'true' } as const;

/** Returns the metadata of a workload's pods. */
export function podMetadata(workload: WorkloadLabels, annotations: { [key: string]: string } = {}) {
  const all = { ...annotations, ...workload.podAnnotations };
  return {
    // The system's labels win: selectors and policies rely on them.
    labels: { ...workload.podLabels, ...labelsOf(workload) },
    ...(Object.keys(all).length > 0 ? { annotations: all } : {}),
  };
}

/**
 * Checks labels that select pods, and returns them as text.
 *
 * @param what the function, for the message.
 * @throws when a key or value is not a valid label.
 */
export function checkedPodLabels(what: string, labels: { [key: string]: string }): string {
  for (const [key, value] of Object.entries(labels)) {
    if (!LABEL_KEY.test(key) || !LABEL_VALUE.test(value)) {
      throw new Error(
        `${what} has the label '${key}' with the value '${value}', which is not a valid label: use the pods' own key and value, such as { app: 'userservice' }`,
      );
    }
  }
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
