import { Construct } from 'constructs';
import type { EdgeSite, ISiteServer } from '../edge';
import { checked } from '../kubernetes/checks/checked';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { resources as amounts } from '../kubernetes/workloads/resources';
import { checkedReplicas } from '../kubernetes/workloads/rolling-deployment';
import type { System } from '../system';
import { elementConfig } from './element-config';
import { elementHeaders } from './element-headers';
import { ELEMENT_IMAGE } from './element-image';
import type { ElementOptions } from './element-options';
import { StaticPages } from './static-pages';
import { PAGES_PORT } from './static-pages-pod';

/** Props of {@link MatrixWebClient}. */
export interface MatrixWebClientProps extends ElementOptions {
  /** The system. */
  readonly system: System;
  /** URL of the token service of calls, `https://calls.example.org/livekit/jwt`. @default - none: no calls in rooms */
  readonly callServiceUrl?: string;
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
  public readonly port = PAGES_PORT;
  /** Its host at the edge. */
  public readonly site: EdgeSite;
  public readonly peer: Peer;
  private readonly pages: StaticPages;

  constructor(scope: Construct, id: string, props: MatrixWebClientProps) {
    super(scope, id);
    const { system, callServiceUrl, replicas = 2, resources = amounts(10, 16, 64) } = props;
    const config = elementConfig(system, props);
    this.pages = new StaticPages(this, 'Pages', {
      system,
      workload: system.labels('element', 'web-client'),
      image: ELEMENT_IMAGE,
      container: 'element',
      portName: 'http-element',
      config,
      headers: elementHeaders(system, { elementCallUrl: config.element_call.url, callServiceUrl }),
      replicas: checkedReplicas('replicas of WebClient.element', replicas, 2),
      resources,
    });
    this.host = this.pages.host;
    this.peer = this.pages.peer;
    this.site = { host: new URL(props.url).host, routes: [{ path: '/', server: this }] };
  }

  /** Allows connections from a client. */
  public allowFrom(client: IPeer): void {
    this.pages.allowFrom(client);
  }
}
