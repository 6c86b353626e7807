import { Lazy, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { besideAffinity } from '../kubernetes/affinity';
import { renderClaim } from '../kubernetes/claim';
import { IMAGES, UIDS } from '../kubernetes/image';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/labels';
import { objectName } from '../kubernetes/names';
import { checkUniqueNames } from '../kubernetes/objects';
import type { IPeer, Peer } from '../kubernetes/peer';
import { SystemSize } from '../kubernetes/resources';
import type { ISecretKey } from '../kubernetes/secret-key';
import { renderService } from '../kubernetes/service';
import { Traffic } from '../kubernetes/traffic';
import { Federation } from './federation';
import { HomeserverConfig } from './homeserver/homeserver-config';
import { homeserverFiles } from './homeserver-files';
import type { MatrixSynapseProps } from './matrix-synapse-props';
import { checkOidcProviders, declareOidcTraffic } from './oidc';
import { claimDatabase } from './one-writer';
import { checkedPorts } from './ports';
import { checkedPublicBaseUrl } from './public-base-url';
import { secretFiles } from './secret-files';
import { checkServerName } from './server-name';
import { SYNAPSE_RESOURCES } from './sizing';
import { renderDeployment } from './synapse-deployment';
import { synapsePod } from './synapse-pod';
import { POOL, wired } from './wiring';

/**
 * The homeserver: one process, on PostgreSQL, with its keys and passwords from Secrets.
 *
 * @see https://element-hq.github.io/synapse/latest/
 */
export class MatrixSynapse extends Construct implements IPeer {
  /** Name that pods reach it by. */
  public readonly host: string;
  public readonly clientPort: number;
  public readonly federationPort: number;
  public readonly metricsPort: number;
  public readonly serverName: string;
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
  /** ConfigMap with `homeserver.yaml` and what belongs to it. */
  public readonly configMapName: string;
  public readonly image: string;
  /** User that owns its data. */
  public readonly uid = UIDS.synapse;
  private readonly traffic: Traffic;
  private readonly part: Identity;
  private neighbour?: { [key: string]: string };

  constructor(scope: Construct, id: string, props: MatrixSynapseProps) {
    super(scope, id);
    checkServerName(props.serverName, props.allowIpServerName);
    const oidcProviders = props.oidcProviders ?? [];
    checkOidcProviders(oidcProviders);
    const ports = checkedPorts(props.ports);
    const federation = props.federation ?? Federation.CLOSED;
    this.serverName = props.serverName;
    this.clientPort = ports.client;
    this.federationPort = ports.federation;
    this.metricsPort = ports.metrics;
    this.workloadName = objectName(props.namePrefix, 'matrix-synapse');
    this.host = this.workloadName;
    this.dataClaimName = objectName(props.namePrefix, 'matrix-synapse-data');
    this.storage = props.storage ?? Size.gibibytes(10);
    this.signingKey = props.secrets.signingKey;
    this.secretFiles = secretFiles(props);
    this.configMapName = objectName(props.namePrefix, 'matrix-homeserver-oidc');
    this.image = props.image ?? IMAGES.synapse;
    this.part = { app: this.workloadName, component: 'homeserver', namePrefix: props.namePrefix };
    this.podLabels = selectorLabels(this.part);
    claimDatabase(this, props.postgres.identity);
    checkUniqueNames(this);

    this.traffic = new Traffic(this, 'Traffic', this.part);
    this.peer = this.traffic.peer;
    this.traffic.allowDns();
    props.postgres.allowFrom(this, POOL.max);
    federation.declareTraffic(this.traffic);
    declareOidcTraffic(this.traffic, oidcProviders);
    for (const client of props.clients ?? []) {
      this.allowFrom(client);
    }
    for (const proxy of props.federationClients ?? []) {
      this.allowFederationFrom(proxy);
    }

    const config = wired(props.config ?? HomeserverConfig.platform(), {
      serverName: props.serverName,
      publicBaseUrl: checkedPublicBaseUrl(props.publicBaseUrl),
      postgres: props.postgres,
      ports,
      federation,
      oidcProviders,
      turn: props.turn,
    });
    renderService(
      this,
      'Service',
      this.part,
      this.host,
      { name: 'client-api', number: ports.client },
      { name: 'federation', number: ports.federation },
    );
    renderClaim(this, 'Data', {
      identity: this.part,
      name: this.dataClaimName,
      size: this.storage,
      storageClass: props.storageClass,
    });
    const files = homeserverFiles(config);
    new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: this.configMapName, labels: labelsOf(this.part) },
      data: files,
    });
    const pod = synapsePod({
      image: this.image,
      resources: props.resources ?? SYNAPSE_RESOURCES[props.size ?? SystemSize.SMALL],
      ports,
      postgres: props.postgres,
      configMapName: this.configMapName,
      dataClaimName: this.dataClaimName,
      secretFiles: this.secretFiles,
      afterForeignRestore: props.afterForeignRestore,
      affinity: Lazy.any({ produce: () => this.neighbour && besideAffinity(this.neighbour) }),
    });
    renderDeployment(this, 'Default', this.part, files, pod);
  }

  /** Lets a client use the client API, and with it the admin API. */
  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'client', number: this.clientPort });
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
