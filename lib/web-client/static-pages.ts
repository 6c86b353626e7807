import { Construct } from 'constructs';
import type { ISiteServer } from '../edge';
import { fileBeside } from '../kubernetes/files';
import type { Image } from '../kubernetes/images/image';
import { k8s } from '../kubernetes/k8s';
import { labelsOf, selectorLabels, type WorkloadLabels } from '../kubernetes/metadata/labels';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Service } from '../kubernetes/network/service';
import { Traffic } from '../kubernetes/network/traffic';
import type { Resources } from '../kubernetes/workloads/resources';
import { RollingDeployment } from '../kubernetes/workloads/rolling-deployment';
import type { System } from '../system';
import { PAGES_PORT, staticPagesPod } from './static-pages-pod';

/** Props of {@link StaticPages}. */
export interface StaticPagesProps {
  readonly system: System;
  readonly workload: WorkloadLabels;
  readonly image: Image;
  /** Name of the container. */
  readonly container: string;
  readonly portName: string;
  /** What the page reads as config.json. */
  readonly config: object;
  /** Headers of every answer. */
  readonly headers: { [name: string]: string };
  readonly replicas: number;
  readonly resources: Resources;
}

/** Pods that serve the files of an image, with a config.json of ours. They connect to nothing. */
export class StaticPages extends Construct implements ISiteServer, IPeer {
  public readonly host: string;
  public readonly port = PAGES_PORT;
  public readonly peer: Peer;
  private readonly traffic: Traffic;

  constructor(scope: Construct, id: string, props: StaticPagesProps) {
    super(scope, id);
    const { system, workload, portName } = props;
    this.host = workload.app;
    this.traffic = new Traffic(this, 'Traffic', workload);
    this.peer = this.traffic.peer;
    const config = this.renderConfig(props);
    new RollingDeployment(this, 'Default', {
      workload,
      replicas: props.replicas,
      configMaps: [config],
      pod: staticPagesPod(system, {
        image: props.image,
        container: props.container,
        portName,
        resources: props.resources,
        configName: config.name,
        selector: selectorLabels(workload),
      }),
    });
    new Service(this, 'Service', { workload, name: this.host, ports: [{ name: portName, number: PAGES_PORT }] });
  }

  public allowFrom(client: IPeer): void {
    this.traffic.allowFrom(client, { name: 'web client', number: this.port });
  }

  private renderConfig({ workload, config, headers }: StaticPagesProps): k8s.KubeConfigMap {
    return new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: {
        'config.json': `${JSON.stringify(config, undefined, 2)}\n`,
        'headers.conf': headerLines(headers),
        'nginx.conf': fileBeside(__dirname, 'nginx.conf'),
      },
    });
  }
}

/** Headers as nginx takes them, on errors too. */
function headerLines(headers: { [name: string]: string }): string {
  return Object.entries(headers)
    .map(([name, value]) => `add_header ${name} '${value.replaceAll("'", "\\'")}' always;\n`)
    .join('');
}
