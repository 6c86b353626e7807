import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../kubernetes/metadata/labels';
import { type IPeer, Peer } from '../kubernetes/network/peer';
import { Service } from '../kubernetes/network/service';
import { Traffic } from '../kubernetes/network/traffic';
import { resources } from '../kubernetes/workloads/resources';
import { checkedReplicas, RollingDeployment } from '../kubernetes/workloads/rolling-deployment';
import type { System } from '../system';
import type { DiscoveryOptions } from './discovery-options';
import { discoveryPod, LISTENER } from './discovery-pod';
import { withCalls } from './rtc-foci';
import { siteFiles } from './site-files';

/** Props of {@link MatrixDiscovery}. */
export interface MatrixDiscoveryProps extends DiscoveryOptions {
  /** The system. */
  readonly system: System;
  /** URL at which clients get tokens for calls in rooms, that of MatrixCalls. @default - no calls in rooms */
  readonly callServiceUrl?: string;
  /** Clients that may connect. `allowFrom` adds others. @default - any client, because the content is public */
  readonly allowedClients?: IPeer[];
}

/** The server of discovery, as the edge needs to know it. */
export interface IMatrixDiscovery {
  /** Name of its Service. */
  readonly host: string;
  /** Port of its Service. */
  readonly port: number;
  /** Server names for which it serves documents. */
  readonly serverNames: string[];

  /** Allows connections from a client. */
  allowFrom(client: IPeer): void;
}

/**
 * Serves `/.well-known/matrix`, from which clients and other homeservers learn where a homeserver is.
 *
 * The web server at `https://<server name>/` must forward these paths here without changing the Host header.
 *
 * @see https://spec.matrix.org/v1.10/server-server-api/#server-discovery
 */
@checked
export class MatrixDiscovery extends Construct implements IMatrixDiscovery, IPeer {
  /** Name of its Service. */
  public readonly host: string;
  /** Port of its Service. */
  public readonly port = 80;
  /** Server names for which it serves documents. */
  public readonly serverNames: string[];
  /** Its pods as one side of a connection. */
  public readonly peer: Peer;
  private readonly workload: WorkloadLabels;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: MatrixDiscoveryProps) {
    super(scope, id);
    const { system, allowedClients = [Peer.ANYONE], maxAge = Duration.hours(1) } = props;
    const { serverName, publicBaseUrl, federationHost } = system;
    const extraClientContent = withCalls(props.extraClientContent, props.callServiceUrl);
    const { supportContacts, supportPage, furtherSites = [] } = props;
    const own = { serverName, publicBaseUrl, federationHost, extraClientContent, supportContacts, supportPage };
    const sites = [own, ...furtherSites];
    this.serverNames = sites.map((site) => site.serverName);
    this.workload = system.labels('matrix-discovery', 'discovery');
    this.host = this.workload.app;
    this.renderServer(props, siteFiles(sites, maxAge));
    this.traffic = new Traffic(this, 'Traffic', this.workload);
    this.peer = this.traffic.peer;
    for (const client of allowedClients) {
      this.allowFrom(client);
    }
  }

  /** Allows connections from a client. */
  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'discovery', number: LISTENER.number });
  }

  private renderServer(props: MatrixDiscoveryProps, data: { [file: string]: string }): void {
    const { workload } = this;
    const { system } = props;
    const config = { 'default.conf': fileBeside(__dirname, 'default.conf') };
    const configMaps = [
      this.renderConfigMap('Config', system.objectName('matrix-discovery-config'), config),
      this.renderConfigMap('Data', system.objectName('matrix-discovery-data'), data),
    ];
    const pod = discoveryPod(system, {
      resources: props.resources ?? resources(10, 16, 64),
      configName: configMaps[0].name,
      dataName: configMaps[1].name,
      selector: selectorLabels(workload),
    });
    const replicas = checkedReplicas('replicas of discovery', props.replicas ?? 2, 2);
    new RollingDeployment(this, 'Default', { workload, replicas, configMaps, pod });
    new Service(this, 'Service', {
      workload,
      name: this.host,
      ports: [{ name: LISTENER.name, number: this.port }],
    });
  }

  private renderConfigMap(id: string, name: string, data: { [key: string]: string }): k8s.KubeConfigMap {
    return new k8s.KubeConfigMap(this, id, { metadata: { name, labels: labelsOf(this.workload) }, data });
  }
}
