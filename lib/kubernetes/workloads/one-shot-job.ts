import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { configHash } from '../metadata/config-hash';
import { type Identity, labelsOf } from '../metadata/labels';
import { objectName } from '../metadata/names';

/** What runs once for each content. */
export interface JobProps {
  readonly identity: Identity;
  /** Without the prefix; its content is added. */
  readonly name: string;
  /** That the pod reads. */
  readonly files: { [name: string]: string };
  readonly pod: k8s.PodSpec;
  /** How often a run that fails is tried again. */
  readonly retries: number;
}

/**
 * A Job with its content in its name: it cannot be changed, so that another content is another Job. The done one stays, so that
 * applying again changes nothing.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export function renderJob(scope: Construct, { identity, name, files, pod, retries }: JobProps): void {
  const labels = labelsOf(identity);
  const hash = configHash({ ...files, pod: JSON.stringify(pod) });
  new k8s.KubeJob(scope, 'Default', {
    metadata: { name: objectName(identity.namePrefix, `${name}-${hash.slice(0, 8)}`), labels },
    spec: { backoffLimit: retries, template: { metadata: { labels }, spec: pod } },
  });
}
