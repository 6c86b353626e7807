import type { k8s } from '../../kubernetes/k8s';
import { apartAffinity, besideAffinity } from '../../kubernetes/workloads/affinity';
import { PRE_STOP_DELAY } from '../../kubernetes/workloads/rolling-deployment';
import { claimVolume } from '../../kubernetes/workloads/volumes';
import { CONFIG } from '../deployment-settings';
import type { IMatrixHomeserver } from '../homeserver';
import { REPLICATION_PORT } from '../ports';
import type { MatrixSynapseProps } from '../synapse-options';
import { synapseProcess } from '../synapse-process';
import { WORKER_RESOURCES } from '../synapse-resources';
import type { PlannedWorker } from './worker-plan';
import { type WorkerPorts, workerApp, workerFile } from './worker-settings';

/** File of the settings that differ from pod to pod. */
const OWN_SETTINGS = '/tmp/worker.yaml';

/** Props of {@link workerPod}. */
export interface WorkerPodProps {
  readonly homeserver: IMatrixHomeserver;
  readonly options: MatrixSynapseProps;
  readonly ports: WorkerPorts;
}

/** The pod of a worker, which first waits for the main process and for its version of the database. */
export function workerPod(worker: PlannedWorker, { homeserver, options, ports }: WorkerPodProps): k8s.PodSpec {
  const { system, database, workers } = options;
  const { media = false } = worker.role;
  return synapseProcess({
    homeserver,
    system,
    database,
    resources: workers?._options(system.size).resources ?? WORKER_RESOURCES[system.size],
    before: ['python3', `${CONFIG}/start_worker.py`, `${CONFIG}/homeserver.yaml`, OWN_SETTINGS],
    module: [workerApp(worker)],
    probes: { port: 'client-api', ready: '/health', alive: '/health' },
    files: [`${CONFIG}/${workerFile(worker)}`, OWN_SETTINGS],
    ports: [
      { name: 'client-api', containerPort: ports.client },
      { name: 'metrics', containerPort: ports.metrics },
      ...(worker.podNames ? [{ name: 'replication', containerPort: REPLICATION_PORT }] : []),
    ],
    storesMedia: media,
    mounts: media ? [{ name: 'synapse-data', mountPath: '/data' }] : [],
    volumes: media ? [claimVolume('synapse-data', homeserver.dataClaimName)] : [],
    // The proxies send to any of these pods, and stop a second after its name is gone.
    lifecycle: worker.podNames ? undefined : PRE_STOP_DELAY,
    // Most storage can be mounted on one node only.
    affinity:
      media && !options.media?._shared
        ? besideAffinity(homeserver.podLabels)
        : apartAffinity({ app: worker.workloadName }),
  });
}
