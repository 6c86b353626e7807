import { type Resources, resources } from '../kubernetes/workloads/resources';
import { SystemSize } from '../system-size';
import type { MatrixSynapseProps } from './synapse-options';

/** Resources by system size; see the table of sizes in the documentation. One process uses at most about one core. */
export const SYNAPSE_RESOURCES: { [size in SystemSize]: Resources } = {
  [SystemSize.SMALL]: resources(300, 352, 2048),
  [SystemSize.MEDIUM]: resources(1000, 3072, 5786),
  [SystemSize.LARGE]: resources(1000, 4096, 8346),
};

/** The resources that were given, or those of the system's size. */
export function synapseResources({ resources, system }: Pick<MatrixSynapseProps, 'resources' | 'system'>): Resources {
  return resources ?? SYNAPSE_RESOURCES[system.size];
}

/** Resources of a worker by system size. */
export const WORKER_RESOURCES: { [size in SystemSize]: Resources } = {
  [SystemSize.SMALL]: resources(50, 128, 1024),
  [SystemSize.MEDIUM]: resources(200, 256, 2048),
  [SystemSize.LARGE]: resources(500, 512, 4096),
};
