import { Lazy, Yaml } from 'cdk8s';
import type { BackupFacts } from '../../backup-facts';
import { DRILL_CLUSTER_JSON, libpqOf } from './drill-cluster';
import { DRILL_YAML, drillSettings, IN_POD } from './drill-synapse';

/** Files that a drill needs beside the program, where it restores a database. */
export function drillFiles(facts: BackupFacts): { [name: string]: string } {
  const { ownDatabase, recoverable } = facts;
  if (ownDatabase) {
    return { [DRILL_YAML]: Yaml.stringify(drillSettings(facts, ownDatabase.server, IN_POD)) };
  }
  if (!recoverable) {
    return {};
  }
  const { server, recovery } = recoverable;
  return {
    [DRILL_YAML]: Yaml.stringify(drillSettings(facts, server, libpqOf(recovery))),
    // Parameters depend on the connections of all clients.
    [DRILL_CLUSTER_JSON]: Lazy.any({ produce: () => `${JSON.stringify(recovery._manifest(), null, 2)}\n` }),
  };
}
