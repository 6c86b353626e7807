import { Construct } from 'constructs';
import type { MatrixDiscovery } from '../discovery';
import { type ImageOptions, imageOf } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf, selectorLabels } from '../kubernetes/metadata/labels';
import { objectName } from '../kubernetes/metadata/names';
import { checkUniqueNames } from '../kubernetes/metadata/objects';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { renderService } from '../kubernetes/network/service';
import { Traffic } from '../kubernetes/network/traffic';
import { type Resources, resources, type SystemSize } from '../kubernetes/workloads/resources';
import { renderDisruptionBudget, renderReplicas } from '../kubernetes/workloads/rolling-deployment';
import type { MatrixSynapse } from '../synapse';
import { checkedEdgeOptions } from './edge-checks';
import type { EdgeOptions } from './edge-options';
import { hostRoutes } from './entry/host-routes';
import { hostsOf } from './proxy/backends';
import { proxyFiles } from './proxy/proxy-files';
import { proxyPod } from './proxy/proxy-pod';
import { PROXY_PORTS } from './proxy/proxy-ports';
import { systemBackends } from './proxy/system-backends';

/** Port of the Service for controllers. */
const EDGE_SERVICE_PORT = 80;

/** Props of MatrixEdge. */
export interface MatrixEdgeProps extends EdgeOptions, ImageOptions {
  readonly synapse: MatrixSynapse;
  /** @default - nobody answers `/.well-known/matrix` */
  readonly discovery?: MatrixDiscovery;
  /** Where other servers reach this one. @default - host and port of Synapse's publicBaseUrl */
  readonly federationHost?: string;
  /** What each proxy asks for. @default - 10m CPU, 16Mi memory, at most 256Mi */
  readonly resources?: Resources;
  /** How many people the system is for. @default SystemSize.SMALL */
  readonly size?: SystemSize;
  /** Starts the names of all objects. @default - none */
  readonly namePrefix?: string;
}

/**
 * The only way to Synapse: a proxy with a door for each kind of visitor, and what leads to it from outside.
 *
 * It is a Deployment of its own and no sidecar: it goes on answering while Synapse starts anew, and will lead to workers.
 *
 * @see https://docs.haproxy.org/3.0/configuration.html
 */
export class MatrixEdge extends Construct implements IPeer {
  /** Service for clients in the cluster, and with it the federation port. */
  public readonly host: string;
  public readonly clientPort = PROXY_PORTS.client.number;
  public readonly federationPort = PROXY_PORTS.federation.number;
  /** Service for administrators. */
  public readonly adminHost: string;
  public readonly adminPort = PROXY_PORTS.client.number;
  public readonly peer: Peer;
  private readonly traffic: Traffic;
  private readonly part: Identity;

  constructor(scope: Construct, id: string, props: MatrixEdgeProps) {
    super(scope, id);
    checkUniqueNames(this);
    const { synapse, discovery, namePrefix } = props;
    const { edge, trustedProxies, proxyHops, replicas } = checkedEdgeOptions(props, synapse.publicBaseUrl, props.size);
    const name = objectName(namePrefix, 'matrix-edge');
    this.host = objectName(namePrefix, 'matrix-synapse');
    this.adminHost = objectName(namePrefix, 'matrix-synapse-admin');
    this.part = { app: name, component: 'edge', namePrefix };

    this.traffic = new Traffic(this, 'Traffic', this.part);
    this.peer = this.traffic.peer;
    this.traffic.allowDns();
    synapse.allowFrom(this);
    synapse.allowFederationFrom(this);
    discovery?.allowFrom(this);
    if (edge.controller) {
      this.traffic.allowFrom(edge.controller, PROXY_PORTS.edge);
    }
    for (const client of props.clients ?? []) {
      this.allowFrom(client);
    }
    for (const admin of props.admins ?? []) {
      this.allowAdminFrom(admin);
    }
    for (const client of props.federationClients ?? []) {
      this.allowFederationFrom(client);
    }

    const proxied = { synapse, discovery, trustedProxies, proxyHops };
    const backends = systemBackends(proxied);
    const files = proxyFiles(proxied, backends);
    new k8s.KubeConfigMap(this, 'Config', { metadata: { name, labels: labelsOf(this.part) }, data: files });
    const pod = proxyPod({
      image: imageOf('haproxy', props),
      imagePullSecrets: props.imagePullSecrets,
      resources: props.resources ?? resources(10, 16, 256),
      configMapName: name,
      selector: selectorLabels(this.part),
      hosts: hostsOf(backends),
    });
    renderReplicas(this, this.part, replicas, files, pod);
    renderDisruptionBudget(this, this.part, replicas);
    this.renderServices(props.nodePort);
    const hosts = { ...props, publicBaseUrl: synapse.publicBaseUrl, serverNames: discovery?.serverNames };
    const target = { identity: this.part, service: name, port: EDGE_SERVICE_PORT };
    edge._render?.(this, { ...target, routes: hostRoutes(hosts, synapse.federates) });
  }

  /** Lets somebody in the cluster use the client API. */
  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { ...PROXY_PORTS.client, name: 'client' });
  }

  /** Lets an administrator use the client API and the admin API, at `adminHost`. */
  public allowAdminFrom(admin: IPeer): void {
    this.traffic.allowFrom(admin, { ...PROXY_PORTS.admin, name: 'admin' });
  }

  /** Lets in what brings other servers, or a token service that checks OpenID tokens. */
  public allowFederationFrom(client: IPeer): void {
    this.traffic.allowFrom(client, PROXY_PORTS.federation);
  }

  /** Lets a collector read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, { ...PROXY_PORTS.state, name: 'metrics' });
  }

  private renderServices(nodePort?: number): void {
    const { client, federation, admin, edge } = PROXY_PORTS;
    renderService(this, 'Service', this.part, this.host, { ...client, nodePort }, federation);
    renderService(this, 'AdminService', this.part, this.adminHost, { ...client, target: admin.name });
    renderService(this, 'EdgeService', this.part, this.part.app, { name: edge.name, number: EDGE_SERVICE_PORT });
  }
}
