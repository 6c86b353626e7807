import { Lazy, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { reserve } from '../kubernetes/checks/reserve';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Service } from '../kubernetes/network/service';
import { Traffic } from '../kubernetes/network/traffic';
import type { ISecretKey } from '../kubernetes/secret-key';
import { besideAffinity, nearAffinity } from '../kubernetes/workloads/affinity';
import { SingletonDeployment } from '../kubernetes/workloads/singletons';
import { VolumeClaim } from '../kubernetes/workloads/volume-claim';
import type { IMonitored, Monitored } from '../monitoring/monitored';
import { SYNAPSE_IMAGE } from '../python/synapse-image';
import { accountsBlockedBy } from './config/rules/authentication';
import { configFiles } from './config-files';
import { homeserverConfig, POOL } from './deployment-settings';
import type { IMatrixHomeserver } from './homeserver';
import { declareEgress } from './integrations/egress';
import { Federation } from './integrations/federation';
import { checkOidcProviders, declareOidcTraffic } from './integrations/oidc';
import { monitoredSynapse } from './monitored/monitored-synapse';
import { checkedPorts, type SynapsePorts } from './ports';
import { oldSigningKeys, secretFiles } from './secret-files';
import type { MatrixSynapseProps } from './synapse-options';
import { synapsePod } from './synapse-pod';
import { synapseResources } from './synapse-resources';
import { bytesOf } from './upload-size';

/**
 * The homeserver: one Synapse process on PostgreSQL, with its keys and passwords from Secrets.
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
  public readonly signingKey: ISecretKey;
  public readonly secretFiles: { [path: string]: ISecretKey };
  public readonly oldSigningKeys?: ISecretKey;
  public readonly configMapName: string;
  public readonly image: string;
  public readonly uid = SYNAPSE_IMAGE.uid;
  public readonly databaseKey: string;
  public readonly accountsBlockedBy?: string;
  public readonly monitored: Monitored;
  private readonly traffic: Traffic;
  private readonly workload: WorkloadLabels;
  private affinity?: k8s.Affinity;

  constructor(scope: Construct, id: string, props: MatrixSynapseProps) {
    super(scope, id);
    const { system, database, oidcProviders = [], federation = Federation.CLOSED } = props;
    checkOidcProviders(oidcProviders);
    const ports = checkedPorts(props.ports);
    [this.clientPort, this.federationPort, this.metricsPort] = [ports.client, ports.federation, ports.metrics];
    this.workload = system.labels('matrix-synapse', 'homeserver');
    this.workloadName = this.workload.app;
    this.podLabels = selectorLabels(this.workload);
    // The edge has the name without the suffix; see MatrixEdge.
    this.host = system.objectName('matrix-synapse-main');
    this.federates = federation.enabled;
    this.dataClaimName = system.objectName('matrix-synapse-data');
    this.storage = props.mediaStorage ?? Size.gibibytes(10);
    this.secretFiles = secretFiles(system, database, props);
    this.signingKey = this.secretFiles['signing.key'];
    this.oldSigningKeys = oldSigningKeys(system, props);
    this.configMapName = system.objectName('matrix-homeserver-oidc');
    this.image = system.image(SYNAPSE_IMAGE);
    this.databaseKey = database.databaseKey;
    const remedy = "give each its own MatrixPostgres, or another 'database' on the server";
    reserve(this, `database '${this.databaseKey}'`, remedy);
    this.traffic = new Traffic(this, 'Traffic', this.workload);
    this.peer = this.traffic.peer;
    const config = homeserverConfig(props, ports, federation);
    // Checks the settings before anything follows from them.
    const files = configFiles(config);
    this.traffic.allowDns();
    database.allowFrom(this, POOL.max);
    federation._declareTraffic(this.traffic, system);
    declareOidcTraffic(this.traffic, oidcProviders);
    declareEgress(this.traffic, config.settings);
    this.accountsBlockedBy = accountsBlockedBy(config.settings);
    this.maxUploadBytes = bytesOf(config.settings.max_upload_size ?? '50M');
    this.publicMedia = props.unauthenticatedMedia ?? false;
    this.relaysCalls = props.turn !== undefined;
    this.asksIdentityServers = config.settings.enable_3pid_lookup === true;
    const object = this.renderServer(props, ports, files);
    const { memoryLimit } = synapseResources(props);
    this.monitored = monitoredSynapse(this, object, this.workload, { settings: config.settings, memoryLimit });
  }

  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'client', number: this.clientPort });
  }

  /**
   * Allows Synapse to connect to a server that only its settings name: the mail server of `email`, a module's API.
   *
   * @param name label of the connection in the network diagram.
   * @param port the server's own port; for pods, that of the pods and not of their Service.
   */
  public allowTo(server: IPeer, name: string, port: number): void {
    this.traffic.allowTo(server, name, { name, number: port });
  }

  public allowFederationFrom(proxy: IPeer): void {
    this.traffic.allowFrom(proxy, { name: 'federation', number: this.federationPort });
  }

  /** Allows a collector to read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, { name: 'metrics', number: this.metricsPort });
  }

  /** @internal */
  public _runBeside(podLabels: { [key: string]: string }, required = true): void {
    this.affinity = required ? besideAffinity(podLabels) : nearAffinity(podLabels);
  }

  private renderServer(props: MatrixSynapseProps, ports: Required<SynapsePorts>, files: { [name: string]: string }) {
    const { workload, dataClaimName, storage: size } = this;
    const portsOfService = [
      { name: 'client-api', number: ports.client },
      { name: 'federation', number: ports.federation },
    ];
    // The proxies check Synapse themselves, and sooner. A start that refuses connections tells more than one that drops them.
    new Service(this, 'Service', { workload, name: this.host, ports: portsOfService, publishNotReadyAddresses: true });
    new VolumeClaim(this, 'Data', { workload, name: dataClaimName, size, system: props.system });
    const metadata = { name: this.configMapName, labels: labelsOf(workload) };
    const configMaps = [new k8s.KubeConfigMap(this, 'Config', { metadata, data: files })];
    const pod = synapsePod(this, props, ports, Lazy.any({ produce: () => this.affinity }));
    return new SingletonDeployment(this, 'Default', { workload, configMaps, pod, remedy: ', and scale by workers' });
  }
}
