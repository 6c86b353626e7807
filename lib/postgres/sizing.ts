import { type Resources, resources, SystemSize } from '../kubernetes/workloads/resources';

/** What PostgreSQL asks for; see the table of sizes in the README. */
export const POSTGRES_RESOURCES: { [size in SystemSize]: Resources } = {
  [SystemSize.SMALL]: resources(200, 160, 4096),
  [SystemSize.MEDIUM]: resources(2000, 6144, 12288),
  [SystemSize.LARGE]: resources(4000, 8192, 16384),
};
