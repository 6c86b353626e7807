import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { quantity } from '../checks/quantities';
import { k8s } from '../k8s';
import { labelsOf, NEVER_PRUNED, type WorkloadLabels } from '../metadata/labels';
import type { IWorkloadContext } from '../workload-context';

/** Props of {@link VolumeClaim}. */
export interface VolumeClaimProps {
  /** Labels of the workload. */
  readonly workload: WorkloadLabels;
  /** Name of the claim. */
  readonly name: string;
  /** Requested size. */
  readonly size: Size;
  /** Whether several nodes mount it at a time. @default false */
  readonly shared?: boolean;
  /** Name of its StorageClass. @default - that of the system */
  readonly storageClass?: string;
  /** The system whose data it holds. */
  readonly system: IWorkloadContext;
}

/**
 * Storage that outlives its pods, mounted on one node at a time unless it is shared.
 *
 * Argo CD and Flux keep the claim when they delete the rest of the chart.
 *
 * @throws when the size is zero.
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export class VolumeClaim extends k8s.KubePersistentVolumeClaim {
  constructor(scope: Construct, id: string, props: VolumeClaimProps) {
    const { workload, name, size, system } = props;
    const storage = quantity(size);
    if (size.toMebibytes() < 1) {
      throw new Error(
        `storage of claim '${name}' is ${storage.value}: use a positive size, such as Size.gibibytes(10)`,
      );
    }
    super(scope, id, {
      metadata: {
        name,
        labels: labelsOf(workload),
        // GitOps tools must not prune the data.
        annotations: NEVER_PRUNED,
      },
      spec: {
        accessModes: [props.shared ? 'ReadWriteMany' : 'ReadWriteOnce'],
        storageClassName: props.storageClass ?? system.storageClass,
        resources: { requests: { storage } },
      },
    });
    system._hasDataOn(name);
  }
}
