import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { configHash } from '../metadata/config-hash';
import { labelsOf, podMetadata, REPLACED, type WorkloadLabels } from '../metadata/labels';
import { objectName } from '../metadata/names';

/** Length of the hash and the hyphen before it. */
const SUFFIX = 9;

/** Props of {@link OneShotJob}. */
export interface OneShotJobProps {
  /** Labels of the workload. */
  readonly workload: WorkloadLabels;
  /** Name without the prefix; a hash of the content is appended. */
  readonly name: string;
  /** The ConfigMaps that the pod reads. */
  readonly configMaps: ApiObject[];
  /** The pod. */
  readonly pod: k8s.PodSpec;
  /** How often a failed run is retried. */
  readonly retries: number;
}

/**
 * A Job with a hash of its content in its name.
 *
 * A Job cannot be changed, so changed content makes a new Job. The finished Job stays, so that applying it again
 * changes nothing. A change after synthesis, such as a kustomize overlay, keeps the name: Argo CD and Flux then replace
 * the Job, and `kubectl apply` refuses it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class OneShotJob extends k8s.KubeJob {
  private readonly configMaps: ApiObject[];

  constructor(scope: Construct, id: string, { workload, name, configMaps, pod, retries }: OneShotJobProps) {
    super(scope, id, {
      metadata: {
        name: objectName(workload.namePrefix, name, 63 - SUFFIX),
        labels: labelsOf(workload),
        annotations: REPLACED,
      },
      spec: { backoffLimit: retries, template: { metadata: podMetadata(workload), spec: pod } },
    });
    this.configMaps = configMaps;
  }

  /** Renders the object. The name is a hash of the result, including patches. */
  // biome-ignore lint/suspicious/noExplicitAny: as in ApiObject.
  public override toJson(): any {
    const json = super.toJson();
    const hash = configHash(this.configMaps, json.spec).slice(0, SUFFIX - 1);
    return { ...json, metadata: { ...json.metadata, name: `${json.metadata.name}-${hash}` } };
  }
}
