import { objectName } from './names';

/** What a set of objects is, in the words of Kubernetes' recommended labels. */
export interface Identity {
  /** Name of the workload and value of its `app` label, prefix included. */
  readonly app: string;
  /** Role within the system, such as `database`. */
  readonly component: string;
  /**
   * Starts the names of a second system in one namespace.
   *
   * @default - none
   */
  readonly namePrefix?: string;
}

/**
 * Labels that select a workload's pods: only `app`, as on the running installation, whose selectors cannot change.
 */
export function selectorLabels(identity: Identity): { [key: string]: string } {
  return { app: identity.app };
}

/**
 * Labels of every object and pod.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export function labelsOf(identity: Identity): { [key: string]: string } {
  const system = objectName(identity.namePrefix, 'matrix');
  return {
    ...selectorLabels(identity),
    'app.kubernetes.io/name': identity.app,
    'app.kubernetes.io/instance': system,
    'app.kubernetes.io/component': identity.component,
    'app.kubernetes.io/part-of': 'matrix',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}
