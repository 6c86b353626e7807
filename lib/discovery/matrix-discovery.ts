import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
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
import { siteFiles } from './site-files';

/** Props of {@link MatrixDiscovery}. */
export interface MatrixDiscoveryProps extends DiscoveryOptions {
  readonly system: System;
  /** Who may connect. Others can be added with `allowFrom`. @default - anyone: what it serves is public */
  readonly allowedClients?: IPeer[];
}

/** Where discovery is answered, as the edge sees it. */
export interface IMatrixDiscovery {
  /** Name and port of its Service. */
  readonly host: string;
  readonly port: number;
  /** Names in Matrix addresses that it answers for. */
  readonly serverNames: string[];

  /** Opens the way from a client. */
  allowFrom(client: IPeer): void;
}

/**
 * Tells clients and other homeservers where a homeserver is: `/.well-known/matrix` of its server name.
 *
 * What serves `https://<server name>/` leads these paths here and keeps the Host.
 *
 * @see https://spec.matrix.org/v1.10/server-server-api/#server-discovery
 */
export class MatrixDiscovery extends Construct implements IMatrixDiscovery, IPeer {
  public readonly host: string;
  public readonly port = 80;
  public readonly serverNames: string[];
  public readonly peer: Peer;
  private readonly workload: WorkloadLabels;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: MatrixDiscoveryProps) {
    super(scope, id);
    const { system, allowedClients = [Peer.ANYONE], maxAge = Duration.hours(1) } = props;
    const { serverName, publicBaseUrl, federationHost } = system;
    const { extraClientContent, supportContacts, supportPage, furtherSites = [] } = props;
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

  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'discovery', number: LISTENER.number });
  }

  private renderServer({ system, ...props }: MatrixDiscoveryProps, data: { [file: string]: string }): void {
    const { workload } = this;
    const config = { 'default.conf': fileBeside(__dirname, 'default.conf') };
    const pod = discoveryPod(system, {
      resources: props.resources ?? resources(10, 16, 64),
      configName: this.renderConfigMap('Config', system.objectName('matrix-discovery-config'), config),
      dataName: this.renderConfigMap('Data', system.objectName('matrix-discovery-data'), data),
      selector: selectorLabels(workload),
    });
    const replicas = checkedReplicas('replicas of discovery', props.replicas ?? 2, 2);
    new RollingDeployment(this, 'Default', { workload, replicas, files: { ...config, ...data }, pod });
    new Service(this, 'Service', {
      workload,
      name: this.host,
      ports: [{ name: LISTENER.name, number: this.port }],
    });
  }

  private renderConfigMap(id: string, name: string, data: { [key: string]: string }): string {
    return new k8s.KubeConfigMap(this, id, { metadata: { name, labels: labelsOf(this.workload) }, data }).name;
  }
}
