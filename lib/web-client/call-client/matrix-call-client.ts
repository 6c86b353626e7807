import { Construct } from 'constructs';
import { checkedBaseUrl } from '../../addresses/base-url';
import type { EdgeSite } from '../../edge';
import { checked } from '../../kubernetes/checks/checked';
import type { IPeer, Peer } from '../../kubernetes/network/peer';
import { resources as amounts } from '../../kubernetes/workloads/resources';
import { checkedReplicas } from '../../kubernetes/workloads/rolling-deployment';
import type { System } from '../../system';
import { StaticPages } from '../static-pages';
import { elementCallConfig } from './element-call-config';
import { elementCallHeaders } from './element-call-headers';
import { ELEMENT_CALL_IMAGE } from './element-call-image';
import type { ElementCallOptions } from './element-call-options';

/** Props of {@link MatrixCallClient}. */
export interface MatrixCallClientProps extends ElementCallOptions {
  /** The system. */
  readonly system: System;
  /** URL of the token service: `https://calls.example.org/livekit/jwt`. */
  readonly serviceUrl: string;
}

/**
 * Element Call, the page that clients show in a room for its calls.
 *
 * Pass `site` to the edge, which serves it at its host.
 */
@checked
export class MatrixCallClient extends Construct implements IPeer {
  /** Its host at the edge. */
  public readonly site: EdgeSite;
  public readonly peer: Peer;

  constructor(scope: Construct, id: string, props: MatrixCallClientProps) {
    super(scope, id);
    const { system, serviceUrl, replicas = 2, resources = amounts(10, 16, 64) } = props;
    const { serverName, publicBaseUrl } = system;
    const facts = { serverName, publicBaseUrl, serviceUrl };
    const pages = new StaticPages(this, 'Pages', {
      system,
      workload: system.labels('element-call', 'call-client'),
      image: ELEMENT_CALL_IMAGE,
      container: 'element-call',
      portName: 'http-call',
      config: elementCallConfig(facts),
      headers: elementCallHeaders(facts, checkedClients(props.embeddedBy)),
      replicas: checkedReplicas('replicas of CallClient.element', replicas, 2),
      resources,
    });
    this.peer = pages.peer;
    this.site = { host: props.host, routes: [{ path: '/', server: pages }] };
  }
}

/** Returns the origins of clients. */
function checkedClients(urls: string[]): string[] {
  if (urls.length === 0) {
    throw new Error(
      'embeddedBy of CallClient.element is empty, so no page could show it: use the URL of a client, such as ' +
        'https://element.example.org, or CallClient.none()',
    );
  }
  return urls.map((url) => checkedBaseUrl('embeddedBy of CallClient.element', url));
}
