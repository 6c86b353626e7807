import { Construct } from 'constructs';
import type { HomeserverSettings } from '../../../imports/homeserver';
import type { IPeer } from '../../kubernetes/network/peer';
import { SURGE } from '../../kubernetes/workloads/rolling-deployment';
import type { MetricsPort } from '../../monitoring/monitored';
import { POOL } from '../deployment-settings';
import type { IMatrixHomeserver } from '../homeserver';
import { declareOutwardTraffic } from '../integrations/outward-traffic';
import type { MainProcess } from '../main/main-process';
import { allowBucket } from '../media/media-bucket';
import { REPLICATION_PORT } from '../ports';
import type { MatrixSynapseProps } from '../synapse-options';
import { Valkey } from './valkey/valkey';
import type { WorkerBackend } from './worker-backend';
import { LONGEST_NAME, type PlannedWorker } from './worker-plan';
import { workerPod } from './worker-pod';
import { WorkerPods } from './worker-pods';
import { VALKEY_PASSWORD_FILE, type WorkerPorts } from './worker-settings';

const REPLICATION = { name: 'replication', number: REPLICATION_PORT };

/** Props of {@link SynapseWorkers}. */
export interface SynapseWorkersProps {
  readonly homeserver: IMatrixHomeserver;
  readonly options: MatrixSynapseProps;
  /** Settings of homeserver.yaml. */
  readonly settings: HomeserverSettings;
  readonly workers: PlannedWorker[];
  readonly ports: WorkerPorts;
  readonly main: MainProcess;
}

/** The processes of Synapse beside the main one, and what they reach one another through. */
export class SynapseWorkers extends Construct {
  /** What the edge needs to send requests to them. */
  public readonly backends: WorkerBackend[];
  /** Their ports with metrics. */
  public readonly metricsPorts: MetricsPort[];
  /** Their workloads, such as `statefulset/matrix-synapse-typing`. */
  public readonly workloads: string[];
  private readonly pods: WorkerPods[];
  private readonly ports: WorkerPorts;

  constructor(scope: Construct, id: string, props: SynapseWorkersProps) {
    super(scope, id);
    this.ports = props.ports;
    this.pods = props.workers.map((worker) => this.renderPods(worker, props));
    if (this.pods.length > 0) {
      this.connect(props);
    }
    this.backends = this.pods.flatMap((pods) => (pods.worker.role.routes ? [this.backend(pods)] : []));
    this.workloads = this.pods.map(({ object }) => `${object.kind.toLowerCase()}/${object.name}`);
    const port = { name: 'metrics', number: this.ports.metrics };
    this.metricsPorts = this.pods.map(({ workload, object }) => ({
      workload,
      object,
      port,
      path: '/_synapse/metrics',
    }));
  }

  /** Allows a proxy to forward requests. */
  public allowFrom(client: IPeer): void {
    for (const { traffic, worker } of this.pods) {
      if (worker.role.routes) {
        traffic.allowFrom(client, { name: 'client', number: this.ports.client });
      }
    }
  }

  /** Allows a collector to read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    for (const { traffic } of this.pods) {
      traffic.allowFrom(collector, { name: 'metrics', number: this.ports.metrics });
    }
  }

  /** Allows every worker to connect to a server. */
  public allowTo(server: IPeer, name: string, port: number): void {
    for (const { traffic } of this.pods) {
      traffic.allowTo(server, name, { name, number: port });
    }
  }

  private renderPods(worker: PlannedWorker, props: SynapseWorkersProps): WorkerPods {
    const { homeserver, options, settings, ports, main } = props;
    const { role, scaling } = worker;
    const workload = options.system.labels(`matrix-synapse-${role.name}`, 'worker', LONGEST_NAME);
    const pod = workerPod(worker, { homeserver, options, ports });
    const pods = new WorkerPods(this, role.name, {
      worker,
      workload,
      configMaps: [main.configMap],
      pod,
      ports: [{ name: 'client-api', number: ports.client }, ...(worker.podNames ? [REPLICATION] : [])],
    });
    declareOutwardTraffic(pods.traffic, options, settings);
    if (role.media) {
      allowBucket(pods.traffic, options.media?._bucket);
    }
    options.database.allowFrom(pods, POOL.max * (scaling.most + (worker.podNames ? 0 : SURGE)));
    return pods;
  }

  /** Renders Valkey, and allows the processes to connect to one another. */
  private connect({ homeserver, options, main: { traffic: main } }: SynapseWorkersProps): void {
    const password = homeserver.secretFiles[VALKEY_PASSWORD_FILE];
    const valkey = new Valkey(this, 'Valkey', { system: options.system, password });
    for (const process of [main, ...this.pods]) {
      valkey.allowFrom(process);
      for (const { worker, traffic, peer } of this.pods) {
        const others = peer !== process.peer || worker.scaling.most > 1;
        if (worker.podNames && others) {
          traffic.allowFrom(process, REPLICATION);
        }
      }
      if (process !== main) {
        main.allowFrom(process, REPLICATION);
      }
    }
  }

  private backend({ worker: { role, podNames, scaling }, workload }: WorkerPods): WorkerBackend {
    const { client = [], federation = [], admin = [] } = role.routes ?? {};
    return {
      name: role.name,
      host: workload.app,
      port: this.ports.client,
      replicas: scaling.most,
      podNames,
      clientRoutes: client,
      federationRoutes: federation,
      adminRoutes: admin,
      balance: role.balance,
      media: role.media ?? false,
    };
  }
}
