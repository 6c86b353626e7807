import { Construct } from 'constructs';
import type { EdgeSite, ISiteServer } from '../edge';
import { checked } from '../kubernetes/checks/checked';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, selectorLabels } from '../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Service } from '../kubernetes/network/service';
import { Traffic } from '../kubernetes/network/traffic';
import { resources as amounts } from '../kubernetes/workloads/resources';
import { checkedReplicas, RollingDeployment } from '../kubernetes/workloads/rolling-deployment';
import type { System } from '../system';
import { elementConfig } from './element-config';
import { elementHeaders } from './element-headers';
import type { ElementOptions } from './element-options';
import { ELEMENT_PORT, elementPod } from './element-pod';

/** Props of {@link MatrixWebClient}. */
export interface MatrixWebClientProps extends ElementOptions {
  /** The system. */
  readonly system: System;
}

/**
 * Element Web, a chat client that people open in a browser, without any server of others.
 *
 * Pass `site` to the edge, which serves it at its host.
 */
@checked
export class MatrixWebClient extends Construct implements ISiteServer, IPeer {
  /** Name of its Service. */
  public readonly host: string;
  /** Port of its Service. */
  public readonly port = ELEMENT_PORT.number;
  /** Its host at the edge. */
  public readonly site: EdgeSite;
  public readonly peer: Peer;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: MatrixWebClientProps) {
    super(scope, id);
    const { system, replicas = 2, resources = amounts(10, 16, 64) } = props;
    const elementJson = elementConfig(system, props);
    const workload = system.labels('element', 'web-client');
    this.host = workload.app;
    this.site = { host: new URL(props.url).host, routes: [{ path: '/', server: this }] };
    this.traffic = new Traffic(this, 'Traffic', workload);
    this.peer = this.traffic.peer;
    const config = new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: {
        'config.json': `${JSON.stringify(elementJson, undefined, 2)}\n`,
        'headers.conf': elementHeaders(system, elementJson.element_call.url),
        'nginx.conf': fileBeside(__dirname, 'nginx.conf'),
      },
    });
    new RollingDeployment(this, 'Default', {
      workload,
      replicas: checkedReplicas('replicas of WebClient.element', replicas, 2),
      configMaps: [config],
      pod: elementPod(system, resources, config.name, selectorLabels(workload)),
    });
    new Service(this, 'Service', { workload, name: this.host, ports: [ELEMENT_PORT] });
  }

  /** Allows connections from a client. */
  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'web client', number: this.port });
  }
}
