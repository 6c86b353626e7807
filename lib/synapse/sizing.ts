import { type Resources, resources, SystemSize } from '../kubernetes/workloads/resources';

/** What Synapse asks for; see the table of sizes in the README. One process uses one core: beyond that only workers help. */
export const SYNAPSE_RESOURCES: { [size in SystemSize]: Resources } = {
  [SystemSize.SMALL]: resources(300, 352, 2048),
  [SystemSize.MEDIUM]: resources(1000, 3072, 5786),
  [SystemSize.LARGE]: resources(1000, 4096, 8346),
};
