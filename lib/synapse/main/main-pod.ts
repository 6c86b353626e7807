import type { k8s } from '../../kubernetes/k8s';
import { claimVolume } from '../../kubernetes/workloads/volumes';
import type { IMatrixDatabase } from '../../postgres/database';
import type { System } from '../../system';
import { CONFIG } from '../deployment-settings';
import type { IMatrixHomeserver } from '../homeserver';
import { HEALTH_PORT, REPLICATION_PORT, type SynapsePorts } from '../ports';
import type { SynapseOptions } from '../synapse-options';
import { synapseProcess } from '../synapse-process';
import { synapseResources } from '../synapse-resources';
import { OutOfBandRestore } from './out-of-band-restore';

/** What the pod of the main process depends on beside the options of Synapse. */
export interface MainPodProps {
  readonly ports: Required<SynapsePorts>;
  readonly affinity: k8s.Affinity;
  /** Whether workers connect to it. */
  readonly replicates: boolean;
}

const HOMESERVER = `${CONFIG}/homeserver.yaml`;

/** The pod of Synapse's main process, which first waits for the database and checks that it is as Synapse left it. */
export function mainPod(
  homeserver: IMatrixHomeserver,
  { system, database, ...options }: SynapseOptions & { readonly system: System; readonly database: IMatrixDatabase },
  { ports, affinity, replicates }: MainPodProps,
): k8s.PodSpec {
  const remedy = options.afterOutOfBandRestore ?? OutOfBandRestore.EMPTY_ONE_TIME_KEYS;
  const note = ['python3', `${CONFIG}/epoch_guard.py`, HOMESERVER];
  return synapseProcess({
    homeserver,
    system,
    database,
    resources: synapseResources({ resources: options.resources, system }),
    next: `http://127.0.0.1:${ports.client}/health`,
    module: ['start_main', HOMESERVER, `${HEALTH_PORT}`, `${ports.client}`, remedy, database._psql],
    probes: { port: 'health', ready: '/ready', alive: '/alive' },
    ports: [
      { name: 'client-api', containerPort: ports.client },
      { name: 'federation', containerPort: ports.federation },
      { name: 'metrics', containerPort: ports.metrics },
      { name: 'health', containerPort: HEALTH_PORT },
      ...(replicates ? [{ name: 'replication', containerPort: REPLICATION_PORT }] : []),
    ],
    storesMedia: true,
    mounts: [{ name: 'synapse-data', mountPath: '/data' }],
    volumes: [claimVolume('synapse-data', homeserver.dataClaimName)],
    lifecycle: { preStop: { exec: { command: note } } },
    // A single backup pod reads the volumes of both.
    affinity,
  });
}
