import { objectName } from './names';

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

/** Labels of a set of pods and of the objects around them, in the words of Kubernetes' recommended labels. */
export interface WorkloadLabels {
  /** Name of the workload and value of its `app` label, prefix included. */
  readonly app: string;
  /** Role within the system, such as `database`. */
  readonly component: string;
  /** Starts the names of a second system in one namespace. @default - none */
  readonly namePrefix?: string;
  /** Further labels of the pods only. @default - none */
  readonly podLabels?: { [key: string]: string };
  /** Annotations of the pods only. @default - none */
  readonly podAnnotations?: { [key: string]: string };
}

/** Labels that select a workload's pods: only `app`, as on the running installation, whose selectors cannot change. */
export function selectorLabels({ app }: WorkloadLabels): { [key: string]: string } {
  return { app };
}

/**
 * Labels of every object and pod.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function labelsOf(workload: WorkloadLabels): { [key: string]: string } {
  return {
    ...selectorLabels(workload),
    'app.kubernetes.io/name': workload.app,
    'app.kubernetes.io/instance': objectName(workload.namePrefix, 'matrix'),
    'app.kubernetes.io/component': workload.component,
    'app.kubernetes.io/part-of': 'matrix',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}

/** Metadata of a workload's pods. */
export function podMetadata(workload: WorkloadLabels, annotations: { [key: string]: string } = {}) {
  const all = { ...annotations, ...workload.podAnnotations };
  return {
    // Ours win: selectors and policies rely on them.
    labels: { ...workload.podLabels, ...labelsOf(workload) },
    ...(Object.keys(all).length > 0 ? { annotations: all } : {}),
  };
}

/**
 * Checks labels that select pods, and returns them as one text. A value that is missing would be left out of the selector, which is then
 * wider than what was meant.
 *
 * @param what the function, for the message.
 * @throws when a label is not one that a pod can have.
 */
export function checkedPodLabels(what: string, labels: { [key: string]: string }): string {
  for (const [key, value] of Object.entries(labels)) {
    if (!LABEL_KEY.test(key) || typeof value !== 'string' || !LABEL_VALUE.test(value)) {
      throw new Error(
        `${what} has the label '${key}' with the value '${value}', which no pod can have: use both as the pods have them, such as { app: 'userservice' }`,
      );
    }
  }
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
