import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import { resources as amounts } from '../kubernetes/workloads/resources';
import { RollingDeployment } from '../kubernetes/workloads/rolling-deployment';
import type { IMonitored, Monitored } from '../monitoring/monitored';
import type { IMatrixEdge } from './edge';
import { type CheckedEdgeOptions, checkedEdgeOptions } from './edge-checks';
import type { MatrixEdgeProps } from './edge-options';
import { EDGE_SERVICE_PORT, renderServices } from './edge-services';
import { hostRoutes } from './entry/host-routes';
import { monitoredEdge } from './monitored/monitored-edge';
import { hostsOf } from './proxy/backends';
import { proxyFiles } from './proxy/proxy-files';
import { proxyPod } from './proxy/proxy-pod';
import { PROXY_PORTS } from './proxy/proxy-ports';
import { siteBackends } from './proxy/site-backends';
import { systemBackends } from './proxy/system-backends';
import { checkSites } from './site-checks';
import { siteRoutes, siteServers } from './site-routes';

const RESOURCES = amounts(10, 16, 256);

/**
 * The only route to Synapse: a proxy with a listener for each kind of client, and the Ingress or Gateway before it.
 *
 * The proxy is a separate Deployment and not a sidecar, so that it still answers while Synapse restarts and can route
 * to workers later.
 *
 * @see https://docs.haproxy.org/3.0/configuration.html
 */
@checked
export class MatrixEdge extends Construct implements IMatrixEdge, IMonitored, IPeer {
  /** Service for clients in the cluster; it has the federation port too. */
  public readonly host: string;
  /** Port of the client API, at `host`. */
  public readonly clientPort = PROXY_PORTS.client.number;
  /** Port for other servers, at `host`. */
  public readonly federationPort = PROXY_PORTS.federation.number;
  public readonly adminHost: string;
  public readonly adminPort = PROXY_PORTS.client.number;
  public readonly controller?: IPeer;
  public readonly peer: Peer;
  public readonly monitored: Monitored;
  private readonly traffic: Traffic;
  private readonly workload: WorkloadLabels;

  constructor(scope: Construct, id: string, props: MatrixEdgeProps) {
    super(scope, id);
    const { system, homeserver, discovery } = props;
    const checked = checkedEdgeOptions(props, system.publicBaseUrl, system.size);
    this.workload = system.labels('matrix-edge', 'edge');
    this.host = system.objectName('matrix-synapse');
    this.adminHost = system.objectName('matrix-synapse-admin');
    this.controller = checked.entry._controller;
    this.traffic = new Traffic(this, 'Traffic', this.workload);
    this.peer = this.traffic.peer;
    this.declareTraffic(props, checked);
    const object = this.renderProxy(props, checked);
    const { host, adminHost } = this;
    renderServices(this, this.workload, {
      host,
      adminHost,
      nodePort: props.nodePort,
      hasSites: checked.sites.length > 0,
    });
    this.renderEntry(props, checked);
    const { workload } = this;
    this.monitored = monitoredEdge(this, {
      system,
      workload,
      object,
      homeserver,
      discovery,
      replicas: checked.replicas,
    });
  }

  /** Allows a client in the cluster to use the client API, without the admin API. */
  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { number: PROXY_PORTS.client.number, name: 'client' });
  }

  public allowAdminFrom(admin: IPeer): void {
    this.traffic.allowFrom(admin, { number: PROXY_PORTS.admin.number, name: 'admin' });
  }

  /** Allows a proxy for other servers, or a token service that checks OpenID tokens, to use the federation port. */
  public allowFederationFrom(client: IPeer): void {
    this.traffic.allowFrom(client, PROXY_PORTS.federation);
  }

  /** Allows a collector to read the metrics. */
  public allowMetricsFrom(collector: IPeer): void {
    this.traffic.allowFrom(collector, { number: PROXY_PORTS.state.number, name: 'metrics' });
  }

  private declareTraffic(props: MatrixEdgeProps, { entry, sites }: CheckedEdgeOptions): void {
    this.traffic.allowDns();
    props.homeserver.allowFrom(this);
    props.homeserver.allowFederationFrom(this);
    props.discovery?.allowFrom(this);
    if (entry._controller) {
      this.traffic.allowFrom(entry._controller, PROXY_PORTS.edge, ...(sites.length > 0 ? [PROXY_PORTS.sites] : []));
    }
    for (const server of siteServers(sites)) {
      server.allowFrom(this);
    }
    for (const client of props.allowedClients ?? []) {
      this.allowFrom(client);
    }
    for (const admin of props.allowedAdmins ?? []) {
      this.allowAdminFrom(admin);
    }
    for (const client of props.allowedFederationClients ?? []) {
      this.allowFederationFrom(client);
    }
  }

  private renderProxy(props: MatrixEdgeProps, { trustedProxies, proxyHops, replicas, sites }: CheckedEdgeOptions) {
    const { workload } = this;
    const { system, homeserver: synapse, discovery, resources = RESOURCES } = props;
    const { publicBaseUrl, serverName } = system;
    const proxied = { synapse, serverName, discovery, publicBaseUrl, trustedProxies, proxyHops, sites };
    const backends = [...systemBackends(proxied), ...siteBackends(sites)];
    const metadata = { name: workload.app, labels: labelsOf(workload) };
    const config = new k8s.KubeConfigMap(this, 'Config', { metadata, data: proxyFiles(proxied, backends) });
    const pod = proxyPod(system, {
      resources,
      configMapName: config.name,
      selector: selectorLabels(workload),
      hosts: hostsOf(backends),
    });
    return new RollingDeployment(this, 'Default', { workload, replicas, configMaps: [config], pod });
  }

  private renderEntry({ system, homeserver, discovery, mediaHosts }: MatrixEdgeProps, checked: CheckedEdgeOptions) {
    const { entry, sites } = checked;
    const { publicBaseUrl, federationHost, serverName } = system;
    const hosts = { publicBaseUrl, federationHost, serverNames: discovery?.serverNames, mediaHosts };
    checkSites(sites, { ...hosts, serverName }, entry);
    const target = { workload: this.workload, service: this.workload.app, port: EDGE_SERVICE_PORT };
    entry._render?.(this, { ...target, routes: [...hostRoutes(hosts, homeserver.federates), ...siteRoutes(sites)] });
  }
}
