import type { k8s } from '../../kubernetes/k8s';
import { claimVolume } from '../../kubernetes/workloads/volumes';
import type { IMatrixDatabase } from '../../postgres/database';
import type { System } from '../../system';
import { CONFIG } from '../deployment-settings';
import type { IMatrixHomeserver } from '../homeserver';
import { REPLICATION_PORT, type SynapsePorts } from '../ports';
import { epochGuard, NOTE_AT_THE_END } from '../start/epoch-guard';
import type { SynapseOptions } from '../synapse-options';
import { synapseProcess } from '../synapse-process';
import { synapseResources } from '../synapse-resources';

/** What the pod of the main process depends on beside the options of Synapse. */
export interface MainPodProps {
  readonly ports: Required<SynapsePorts>;
  readonly affinity: k8s.Affinity;
  /** Whether workers connect to it. */
  readonly replicates: boolean;
}

/** The pod of Synapse's main process, which first waits for the database and checks that it is as Synapse left it. */
export function mainPod(
  homeserver: IMatrixHomeserver,
  { system, database, ...options }: SynapseOptions & { readonly system: System; readonly database: IMatrixDatabase },
  { ports, affinity, replicates }: MainPodProps,
): k8s.PodSpec {
  const wait = ['python3', `${CONFIG}/wait_for_database.py`, `${CONFIG}/homeserver.yaml`];
  return synapseProcess({
    homeserver,
    system,
    database,
    resources: synapseResources({ resources: options.resources, system }),
    before: [...wait, ...epochGuard(database, options.afterOutOfBandRestore)],
    ports: [
      { name: 'client-api', containerPort: ports.client },
      { name: 'federation', containerPort: ports.federation },
      { name: 'metrics', containerPort: ports.metrics },
      ...(replicates ? [{ name: 'replication', containerPort: REPLICATION_PORT }] : []),
    ],
    mounts: [{ name: 'synapse-data', mountPath: '/data' }],
    volumes: [claimVolume('synapse-data', homeserver.dataClaimName)],
    lifecycle: NOTE_AT_THE_END,
    // A single backup pod reads the volumes of both.
    affinity,
  });
}
