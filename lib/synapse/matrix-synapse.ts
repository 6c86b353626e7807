import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { reserve } from '../kubernetes/checks/reserve';
import { selectorLabels } from '../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { IMonitored, Monitored } from '../monitoring/monitored';
import { SYNAPSE_IMAGE } from '../python/synapse-image';
import { accountsBlockedBy } from './config/rules/authentication';
import { configFiles } from './config-files';
import { homeserverConfig } from './deployment-settings';
import type { IMatrixHomeserver } from './homeserver';
import { Federation } from './integrations/federation';
import { LOOKUP_TOKEN_FILE } from './integrations/membership-lookup';
import { checkOidcProviders } from './integrations/oidc';
import { MainProcess } from './main/main-process';
import { checkedRollback } from './main/rollback';
import { reservedBucket } from './media/media-bucket';
import { monitoredSynapse } from './monitored/monitored-synapse';
import { checkedPorts } from './ports';
import { oldSigningKeys, secretFiles } from './secret-files';
import type { MatrixSynapseProps } from './synapse-options';
import { synapseResources } from './synapse-resources';
import { bytesOf } from './upload-size';
import { SynapseWorkers } from './workers/synapse-workers';
import type { WorkerBackend } from './workers/worker-backend';
import { planWorkers } from './workers/worker-plan';

/**
 * The homeserver: Synapse on PostgreSQL, in one process or with workers, with its keys and passwords from Secrets.
 *
 * @see https://element-hq.github.io/synapse/latest/
 */
@checked
export class MatrixSynapse extends Construct implements IMatrixHomeserver, IMonitored, IPeer {
  public readonly host: string;
  public readonly clientPort: number;
  public readonly federationPort: number;
  /** Port of the metrics on the pod. */
  public readonly metricsPort: number;
  public readonly federates: boolean;
  public readonly maxUploadBytes: number;
  public readonly publicMedia: boolean;
  public readonly asksIdentityServers: boolean;
  public readonly relaysCalls: boolean;
  public readonly peer: Peer;
  public readonly workloadName: string;
  public readonly podLabels: { [key: string]: string };
  public readonly dataClaimName: string;
  public readonly storage: Size;
  public readonly mediaBucket?: string;
  public readonly lookupToken?: ISecretKey;
  public readonly signingKey: ISecretKey;
  public readonly secretFiles: { [path: string]: ISecretKey };
  public readonly oldSigningKeys?: ISecretKey;
  public readonly configMapName: string;
  public readonly image: string;
  public readonly uid = SYNAPSE_IMAGE.uid;
  public readonly databaseKey: string;
  public readonly workerBackends: WorkerBackend[];
  public readonly workerWorkloads: string[];
  public readonly accountsBlockedBy?: string;
  public readonly monitored: Monitored;
  private readonly main: MainProcess;
  private readonly workers: SynapseWorkers;

  constructor(scope: Construct, id: string, props: MatrixSynapseProps) {
    super(scope, id);
    const { system, database, federation = Federation.CLOSED } = props;
    checkOidcProviders(props.oidcProviders ?? []);
    const ports = checkedPorts(props.ports);
    [this.clientPort, this.federationPort, this.metricsPort] = [ports.client, ports.federation, ports.metrics];
    const workload = system.labels('matrix-synapse', 'homeserver');
    this.workloadName = workload.app;
    this.podLabels = selectorLabels(workload);
    // The edge has the name without the suffix; see MatrixEdge.
    this.host = system.objectName('matrix-synapse-main');
    this.federates = federation.enabled;
    this.dataClaimName = system.objectName('matrix-synapse-data');
    this.storage = props.mediaStorage ?? Size.gibibytes(10);
    const workers = planWorkers(props);
    this.secretFiles = secretFiles(system, database, props, workers.length > 0);
    ({ [LOOKUP_TOKEN_FILE]: this.lookupToken, 'signing.key': this.signingKey } = this.secretFiles);
    this.oldSigningKeys = oldSigningKeys(system, props);
    this.configMapName = system.objectName('matrix-homeserver-oidc');
    this.image = checkedRollback(system.image(SYNAPSE_IMAGE), props.deployedVersion);
    this.databaseKey = database.databaseKey;
    reserve(this, `database '${this.databaseKey}'`, "give each its own 'database', or its own MatrixPostgres");
    this.mediaBucket = reservedBucket(this, props.media?._bucket, this.image);
    const config = homeserverConfig(props, ports, federation, workers);
    const { settings } = config;
    this.accountsBlockedBy = accountsBlockedBy(settings);
    this.maxUploadBytes = bytesOf(settings.max_upload_size ?? '50M');
    this.publicMedia = props.unauthenticatedMedia ?? false;
    this.relaysCalls = props.turn !== undefined;
    this.asksIdentityServers = settings.enable_3pid_lookup === true;
    // Checks the settings before anything follows from them.
    const files = configFiles(config, ports, workers, props.membershipLookup);
    this.main = new MainProcess(this, 'Main', { homeserver: this, options: props, workload, ports, settings, files });
    this.peer = this.main.traffic.peer;
    const ofWorkers = { homeserver: this, options: props, settings, workers, ports, main: this.main };
    this.workers = new SynapseWorkers(this, 'Workers', ofWorkers);
    ({ backends: this.workerBackends, workloads: this.workerWorkloads } = this.workers);
    const { object, offload } = this.main;
    const facts = { object, offload, workload, settings, memoryLimit: synapseResources(props).memoryLimit };
    this.monitored = monitoredSynapse(this, { ...facts, workers: this.workers.metricsPorts });
  }

  public allowFrom(client: IPeer): void {
    this.main.traffic.allowFrom(client, { name: 'client', number: this.clientPort });
    this.workers.allowFrom(client);
  }

  /**
   * Allows Synapse to connect to a server that only its settings name: the mail server of `email`, a module's API.
   *
   * @param name label of the connection in the network diagram.
   * @param port the server's own port; for pods, that of the pods and not of their Service.
   */
  public allowTo(server: IPeer, name: string, port: number): void {
    this.main.traffic.allowTo(server, name, { name, number: port });
    this.workers.allowTo(server, name, port);
  }

  public allowFederationFrom(proxy: IPeer): void {
    this.main.traffic.allowFrom(proxy, { name: 'federation', number: this.federationPort });
  }

  public allowLookupsFrom(service: IPeer): void {
    const client = { name: 'client', number: this.clientPort };
    this.main.traffic.allowFrom(service, client, { name: 'federation', number: this.federationPort });
  }

  /** Allows a collector to read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    this.main.traffic.allowFrom(collector, { name: 'metrics', number: this.metricsPort });
    this.workers.allowMetricsFrom(collector);
  }

  /** @internal */
  public _runBeside(podLabels: { [key: string]: string }, required = true): void {
    this.main.runBeside(podLabels, required);
  }

  /** @internal */
  public _awaitMove(): void {
    this.main.awaitMove();
  }
}
