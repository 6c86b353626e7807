import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { fileBeside } from '../kubernetes/files';
import { type ImageOptions, imageOf } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, selectorLabels } from '../kubernetes/metadata/labels';
import { objectName } from '../kubernetes/metadata/names';
import { checkUniqueNames } from '../kubernetes/metadata/objects';
import { type IPeer, Peer } from '../kubernetes/network/peer';
import { renderService } from '../kubernetes/network/service';
import { Traffic } from '../kubernetes/network/traffic';
import { type Resources, resources } from '../kubernetes/workloads/resources';
import { checkedReplicas, renderDisruptionBudget, renderReplicas } from '../kubernetes/workloads/rolling-deployment';
import { discoveryPod, LISTENER } from './discovery-pod';
import type { DiscoverySite } from './site';
import { siteFiles } from './site-files';

/** What MatrixDiscovery serves, and how. */
export interface MatrixDiscoveryProps extends ImageOptions {
  /** One for each server name; at least one. */
  readonly sites: DiscoverySite[];
  /**
   * How long clients and other servers may keep an answer: a change takes as long to arrive everywhere.
   *
   * @default Duration.hours(1)
   */
  readonly maxAge?: Duration;
  /**
   * How many pods serve.
   *
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Who may connect. Others can be added with `allowFrom`.
   *
   * @default - anyone: what it serves is public
   */
  readonly clients?: IPeer[];
  /**
   * What each pod asks for.
   *
   * @default - 10m CPU, 16Mi memory, at most 64Mi
   */
  readonly resources?: Resources;
  /**
   * Starts the names of all objects.
   *
   * @default - none
   */
  readonly namePrefix?: string;
}

/**
 * Tells clients and other homeservers where a homeserver is: `/.well-known/matrix` of its server name.
 *
 * Whatever serves `https://<server name>/` leads these paths here and keeps the Host.
 *
 * @see https://spec.matrix.org/v1.10/server-server-api/#server-discovery
 */
export class MatrixDiscovery extends Construct implements IPeer {
  /** Name of its Service. */
  public readonly host: string;
  /** Port of its Service. */
  public readonly port = 80;
  /** Names in Matrix addresses that it answers for. */
  public readonly serverNames: string[];
  /** Its side of a declared connection. */
  public readonly peer: Peer;
  private readonly labels: { [key: string]: string };
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: MatrixDiscoveryProps) {
    super(scope, id);
    checkUniqueNames(this);
    const { sites, maxAge = Duration.hours(1), clients = [Peer.ANYONE], namePrefix } = props;
    const replicas = checkedReplicas('replicas', props.replicas ?? 2, 2);
    this.host = objectName(namePrefix, 'matrix-discovery');
    this.serverNames = sites.map(({ serverName }) => serverName);
    const identity = { app: this.host, component: 'discovery', namePrefix };
    this.labels = labelsOf(identity);

    const config = { 'default.conf': fileBeside(__dirname, 'default.conf') };
    const data = siteFiles(sites, maxAge);
    const pod = discoveryPod({
      image: imageOf('nginx', props),
      imagePullSecrets: props.imagePullSecrets,
      resources: props.resources ?? resources(10, 16, 64),
      configName: this.renderConfigMap('Config', objectName(namePrefix, 'matrix-discovery-config'), config),
      dataName: this.renderConfigMap('Data', objectName(namePrefix, 'matrix-discovery-data'), data),
      selector: selectorLabels(identity),
    });
    renderReplicas(this, identity, replicas, { ...config, ...data }, pod);
    renderService(this, 'Service', identity, this.host, { name: LISTENER.name, number: this.port });
    renderDisruptionBudget(this, identity, replicas);
    this.traffic = new Traffic(this, 'Traffic', identity);
    this.peer = this.traffic.peer;
    for (const client of clients) {
      this.allowFrom(client);
    }
  }

  /** Opens the way from a client. */
  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'discovery', number: LISTENER.number });
  }

  private renderConfigMap(id: string, name: string, data: { [key: string]: string }): string {
    return new k8s.KubeConfigMap(this, id, { metadata: { name, labels: this.labels }, data }).name;
  }
}
