import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { configHash } from '../metadata/config-hash';
import { labelsOf, podMetadata, type WorkloadLabels } from '../metadata/labels';
import { objectName } from '../metadata/names';

/** Characters of the hash and the hyphen before it. */
const SUFFIX = 9;

/** Props of {@link OneShotJob}. */
export interface OneShotJobProps {
  readonly workload: WorkloadLabels;
  /** Without the prefix; a hash of the content is added. */
  readonly name: string;
  /** What the pod reads, as it is in the end. */
  readonly files: () => { [name: string]: string };
  readonly pod: k8s.PodSpec;
  /** How often a run that fails is tried again. */
  readonly retries: number;
}

/**
 * A Job with its content in its name: a Job cannot be changed, so that another content is another Job. The finished one stays, so that
 * applying again changes nothing.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class OneShotJob extends k8s.KubeJob {
  private readonly files: () => { [name: string]: string };

  constructor(scope: Construct, id: string, { workload, name, files, pod, retries }: OneShotJobProps) {
    super(scope, id, {
      metadata: { name: objectName(workload.namePrefix, name, 63 - SUFFIX), labels: labelsOf(workload) },
      spec: { backoffLimit: retries, template: { metadata: podMetadata(workload), spec: pod } },
    });
    this.files = files;
  }

  /** The object as it is rendered, patches included: the name follows from that. */
  // biome-ignore lint/suspicious/noExplicitAny: as in ApiObject.
  public override toJson(): any {
    const json = super.toJson();
    const hash = configHash({ ...this.files(), pod: JSON.stringify(json.spec) }).slice(0, SUFFIX - 1);
    return { ...json, metadata: { ...json.metadata, name: `${json.metadata.name}-${hash}` } };
  }
}
