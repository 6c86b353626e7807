import { Lazy, Size } from 'cdk8s';
import {
  type ClusterSpec,
  ClusterSpecPostgresqlSynchronousDataDurability as DataDurability,
  ClusterSpecPostgresqlSynchronousMethod as Method,
  ClusterSpecPrimaryUpdateMethod as UpdateMethod,
} from '../../../imports/postgresql.cnpg.io';
import { quantity } from '../../kubernetes/checks/quantities';
import type { k8s } from '../../kubernetes/k8s';
import { DEFAULT_CONTAINER } from '../../kubernetes/metadata/config-hash';
import { selectorLabels, type WorkloadLabels } from '../../kubernetes/metadata/labels';
import type { BackupSpec } from './backup/cluster-archive';
import { Durability } from './cloud-native-pg-options';

/** Facts that the spec of a cluster is made from. */
export interface ClusterSpecProps {
  readonly workload: WorkloadLabels;
  readonly instances: number;
  readonly database: string;
  readonly user: string;
  readonly storage: Size;
  readonly walStorage?: Size;
  readonly storageClass?: string;
  readonly durability: Durability;
  /** How it is backed up, and from what it is made. */
  readonly backup: BackupSpec;
  /** A pod of the system with one container, whose image, resources and places the instances get. */
  readonly pod: k8s.PodSpec;
  /** Returns the parameters, which are known at the end. */
  readonly parameters: () => { readonly [name: string]: string };
}

/** Twice what PostgreSQL may keep as WAL: the operator refuses a claim that this does not fit on. */
const LEAST = Size.gibibytes(2);

const DURABILITIES: { [of in Durability]: DataDurability } = {
  [Durability.REQUIRED]: DataDurability.REQUIRED,
  [Durability.PREFERRED]: DataDurability.PREFERRED,
};

/**
 * What the operator is asked for.
 *
 * @see https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/#clusterspec
 */
export function clusterSpec(props: ClusterSpecProps): ClusterSpec {
  const { workload, pod } = props;
  const [{ image, resources }] = pod.containers;
  return {
    instances: props.instances,
    imageName: image,
    imagePullSecrets: pod.imagePullSecrets?.map(({ name }) => ({ name: `${name}` })),
    priorityClassName: pod.priorityClassName,
    affinity: places(pod),
    resources: resources as ClusterSpec['resources'],
    // The operator has other values for the common labels.
    inheritedMetadata: {
      labels: { ...workload.podLabels, ...selectorLabels(workload) },
      annotations: { ...workload.podAnnotations, [DEFAULT_CONTAINER]: 'postgres' },
    },
    storage: claim('storage', props.storage, props),
    walStorage: props.walStorage && claim('walStorage', props.walStorage, props),
    bootstrap: {
      initdb: {
        database: props.database,
        owner: props.user,
        encoding: 'UTF8',
        localeCollate: 'C',
        localeCType: 'C',
        dataChecksums: true,
      },
    },
    ...props.backup,
    enableSuperuserAccess: false,
    // Synapse keeps its connections, and with the default a drained node would wait three minutes for their end.
    smartShutdownTimeout: 1,
    // A new image or parameter costs a switchover, which is shorter than a restart of the primary.
    primaryUpdateMethod: UpdateMethod.SWITCHOVER,
    postgresql: {
      parameters: Lazy.any({ produce: props.parameters }),
      pgHba: ['hostnossl all all all reject'],
      synchronous: { method: Method.ANY, number: 1, dataDurability: DURABILITIES[props.durability] },
    },
  };
}

function places({ nodeSelector, tolerations }: k8s.PodSpec): ClusterSpec['affinity'] {
  return nodeSelector || tolerations ? { nodeSelector, tolerations } : undefined;
}

function claim(prop: string, size: Size, { storageClass }: ClusterSpecProps) {
  const { value } = quantity(size);
  if (size.toMebibytes() < LEAST.toMebibytes()) {
    throw new Error(`${prop} is ${value}, which the WAL can fill: use at least ${quantity(LEAST).value}`);
  }
  return { size: `${value}`, storageClass };
}
