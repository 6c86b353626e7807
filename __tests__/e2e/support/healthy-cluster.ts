import { eventually } from './kubectl';
import type { System } from './system';

const CLUSTER = ['get', 'clusters.postgresql.cnpg.io', 'matrix-database', '-o'];

/** How many replicas of the replicated database follow its primary. */
export const streaming = (system: System) =>
  system.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'");

/** A field of the status of the Cluster. */
export const clusterStatus = (system: System, path: string) =>
  system.kubectl([...CLUSTER, `jsonpath={.status.${path}}`]);

/** Waits until all instances are ready, and all replicas follow. */
export const healthyCluster = (system: System, instances: number) =>
  eventually('healthy instances', 180, async () => {
    const ready = await clusterStatus(system, 'readyInstances');
    return ready === `${instances}` && (await streaming(system)) === `${instances - 1}`;
  });
