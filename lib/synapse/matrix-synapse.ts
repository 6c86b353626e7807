import { Lazy, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { checkedPublicBaseUrl } from '../addresses/base-url';
import { checkServerName } from '../addresses/server-name';
import { claimForOne } from '../kubernetes/checks/reserve';
import { imageOf, UIDS } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/metadata/labels';
import { objectName } from '../kubernetes/metadata/names';
import { checkUniqueNames } from '../kubernetes/metadata/objects';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import type { ISecretKey } from '../kubernetes/secret-key';
import { besideAffinity } from '../kubernetes/workloads/affinity';
import { SystemSize } from '../kubernetes/workloads/resources';
import { renderSingle } from '../kubernetes/workloads/singleton-deployment';
import { renderClaim } from '../kubernetes/workloads/volume-claim';
import { HomeserverConfig } from './config/homeserver-config';
import { declareEgress } from './egress';
import { Federation } from './federation';
import { homeserverFiles } from './homeserver-files';
import type { MatrixSynapseProps } from './matrix-synapse-props';
import { checkOidcProviders, declareOidcTraffic } from './oidc';
import { oldSigningKeys } from './old-signing-keys';
import { checkedPorts } from './ports';
import { secretFiles } from './secret-files';
import { SYNAPSE_RESOURCES } from './sizing';
import { synapsePod } from './synapse-pod';
import { renderSynapseService } from './synapse-service';
import { bytesOf } from './upload-size';
import { POOL, wired } from './wiring';

/**
 * The homeserver: one process, on PostgreSQL, with its keys and passwords from Secrets.
 *
 * @see https://element-hq.github.io/synapse/latest/
 */
export class MatrixSynapse extends Construct implements IPeer {
  /** Name that the proxy before it reaches it by. */
  public readonly host: string;
  public readonly clientPort: number;
  public readonly federationPort: number;
  public readonly metricsPort: number;
  public readonly serverName: string;
  /** Where clients reach it, without a slash at the end. */
  public readonly publicBaseUrl: string;
  /** Whether it speaks with other servers. */
  public readonly federates: boolean;
  /** Bytes of the largest file that it takes. */
  public readonly maxUploadBytes: number;
  public readonly peer: Peer;
  /** Name of the Deployment. */
  public readonly workloadName: string;
  /** Labels that select its pod. */
  public readonly podLabels: { [key: string]: string };
  /** Claim with the media. */
  public readonly dataClaimName: string;
  /** Room for media. */
  public readonly storage: Size;
  public readonly signingKey: ISecretKey;
  /** Every Secret it reads, by the file it reads it from. */
  public readonly secretFiles: { [path: string]: ISecretKey };
  /** Public parts of its earlier signing keys, which may be missing. */
  public readonly oldSigningKeys?: ISecretKey;
  /** ConfigMap with `homeserver.yaml` and what belongs to it. */
  public readonly configMapName: string;
  public readonly image: string;
  public readonly imagePullSecrets: string[];
  /** Which database it writes to. */
  public readonly databaseIdentity: string;
  /** User that owns its data. */
  public readonly uid = UIDS.synapse;
  private readonly traffic: Traffic;
  private readonly part: Identity;
  private neighbour?: { [key: string]: string };

  constructor(scope: Construct, id: string, props: MatrixSynapseProps) {
    super(scope, id);
    checkServerName(props.serverName, props.allowIpServerName);
    const { oidcProviders = [], federation = Federation.CLOSED } = props;
    checkOidcProviders(oidcProviders);
    const ports = checkedPorts(props.ports);
    this.serverName = props.serverName;
    this.clientPort = ports.client;
    this.federationPort = ports.federation;
    this.metricsPort = ports.metrics;
    this.workloadName = objectName(props.namePrefix, 'matrix-synapse');
    // The name without an end is that of the way in; see MatrixEdge.
    this.host = objectName(props.namePrefix, 'matrix-synapse-main');
    this.publicBaseUrl = checkedPublicBaseUrl(props.publicBaseUrl);
    this.federates = federation.enabled;
    this.dataClaimName = objectName(props.namePrefix, 'matrix-synapse-data');
    this.storage = props.storage ?? Size.gibibytes(10);
    this.signingKey = props.secrets.signingKey;
    this.secretFiles = secretFiles(props);
    this.oldSigningKeys = oldSigningKeys(props.secrets, props.config);
    this.configMapName = objectName(props.namePrefix, 'matrix-homeserver-oidc');
    this.image = imageOf('synapse', props);
    this.imagePullSecrets = props.imagePullSecrets ?? [];
    this.part = { app: this.workloadName, component: 'homeserver', namePrefix: props.namePrefix };
    this.podLabels = selectorLabels(this.part);
    this.databaseIdentity = props.postgres.identity;
    const remedy = "give each its own MatrixPostgres, or another 'database' on the external server";
    claimForOne(this, `database '${this.databaseIdentity}'`, remedy);
    checkUniqueNames(this);

    this.traffic = new Traffic(this, 'Traffic', this.part);
    this.peer = this.traffic.peer;
    this.traffic.allowDns();
    props.postgres.allowFrom(this, POOL.max);
    federation.declareTraffic(this.traffic);
    declareOidcTraffic(this.traffic, oidcProviders);

    const { publicBaseUrl } = this;
    const { unauthenticatedMedia = false } = props;
    const wiring = { ...props, publicBaseUrl, ports, federation, oidcProviders, unauthenticatedMedia };
    const config = wired(props.config ?? HomeserverConfig.platform(), wiring);
    declareEgress(this.traffic, config.settings);
    this.maxUploadBytes = bytesOf(config.settings.max_upload_size ?? '50M');
    renderSynapseService(this, this.part, this.host, ports);
    const claim = { identity: this.part, name: this.dataClaimName, size: this.storage };
    renderClaim(this, 'Data', { ...claim, storageClass: props.storageClass });
    const files = homeserverFiles(config);
    const metadata = { name: this.configMapName, labels: labelsOf(this.part) };
    new k8s.KubeConfigMap(this, 'Config', { metadata, data: files });
    const pod = synapsePod({
      ...props,
      image: this.image,
      resources: props.resources ?? SYNAPSE_RESOURCES[props.size ?? SystemSize.SMALL],
      ports,
      configMapName: this.configMapName,
      dataClaimName: this.dataClaimName,
      secretFiles: this.secretFiles,
      oldSigningKeys: this.oldSigningKeys,
      affinity: Lazy.any({ produce: () => this.neighbour && besideAffinity(this.neighbour) }),
    });
    renderSingle(this, this.part, files, pod, ', and scale by workers');
  }

  /** Lets somebody use the client API, and with it the admin API, and say from which address others come: MatrixEdge, which keeps them apart. */
  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'client', number: this.clientPort });
  }

  /**
   * Opens the way to something that only the settings know of: the mail server of `email`, what a module speaks with.
   *
   * @param name for the picture of the network.
   */
  public allowTo(server: IPeer, name: string, port: number): void {
    this.traffic.allowTo(server, name, { name, number: port });
  }

  /** Lets a proxy bring other servers, or a token service check OpenID tokens. The port answers without a password. */
  public allowFederationFrom(proxy: IPeer): void {
    this.traffic.allowFrom(proxy, { name: 'federation', number: this.federationPort });
  }

  /** Keeps the pod on the node of other pods: for MatrixBackups, which reads the claims of both. */
  public runBeside(podLabels: { [key: string]: string }): void {
    this.neighbour = podLabels;
  }

  /** Lets a collector read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, { name: 'metrics', number: this.metricsPort });
  }
}
