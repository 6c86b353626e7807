import type { Construct } from 'constructs';
import {
  Gateway,
  GatewaySpecListenersAllowedRoutesNamespacesFrom,
  GatewaySpecListenersTlsMode,
  HttpRoute,
  HttpRouteSpecRulesMatchesPathType,
} from '../../../imports/gateway.networking.k8s.io';
import { isPort } from '../../addresses/port';
import { labelsOf } from '../../kubernetes/metadata/labels';
import type { IPeer } from '../../kubernetes/network/peer';
import type { EdgeTls } from './edge-tls';
import type { EntryContext } from './entry-context';

/** Props of `Entry.gateway`. */
export interface GatewayEntryProps {
  /**
   * The pods that forward the requests, such as those of Traefik.
   *
   * Only they may connect to the edge listener. The edge believes the client address and the scheme that they report.
   */
  readonly controller: IPeer;
  /** Name of an existing Gateway, with its listeners and certificates. @default - a new Gateway of `className` */
  readonly gatewayName?: string;
  /** Namespace of the existing Gateway. @default - the system's namespace */
  readonly gatewayNamespace?: string;
  /** GatewayClass of a new Gateway. @default - no Gateway is created */
  readonly className?: string;
  /** Certificate of the new Gateway: a Secret or cert-manager. @default - the existing Gateway has its own */
  readonly tls?: EdgeTls;
  /** Port of the new Gateway for the redirect to https. @default 80 */
  readonly httpPort?: number;
  /** Port of the new Gateway for https. The port of `federationHost` is added for other servers. @default 443 */
  readonly httpsPort?: number;
}

/** Renders the routes, and a new Gateway where one is wanted. Plain HTTP goes to the proxy too, which redirects it. */
export function renderGateway(scope: Construct, props: GatewayEntryProps, context: EntryContext): void {
  const { workload, routes } = context;
  if ((props.gatewayName === undefined) === (props.className === undefined)) {
    throw new Error(
      `Entry.gateway needs either gatewayName or className, got gatewayName '${props.gatewayName ?? ''}' and ` +
        `className '${props.className ?? ''}': set gatewayName for an existing Gateway, or className for a new one`,
    );
  }
  if (props.gatewayNamespace !== undefined && !props.gatewayName) {
    throw new Error(
      `Entry.gateway has gatewayNamespace '${props.gatewayNamespace}', but a new Gateway is created in the system's ` +
        'namespace: leave it out, or set gatewayName',
    );
  }
  if (props.className) {
    renderOwnGateway(scope, props, context);
  } else if (props.tls || props.httpPort || props.httpsPort) {
    throw new Error(
      `Entry.gateway has tls, httpPort or httpsPort, but the existing Gateway '${props.gatewayName}' has its own: ` +
        'leave them out, or set className for a new Gateway',
    );
  }
  // Defaults within lists are set: GitOps tools would see those that the API server adds as a difference.
  const gateway = { group: 'gateway.networking.k8s.io', kind: 'Gateway' };
  const parentRefs = [{ ...gateway, name: props.gatewayName ?? workload.app, namespace: props.gatewayNamespace }];
  for (const { host, paths, servicePort = context.port } of routes) {
    new HttpRoute(scope, `Route ${host}`, {
      metadata: { name: `${workload.app}-${host}`, labels: labelsOf(workload) },
      spec: {
        parentRefs,
        hostnames: [host],
        rules: [
          {
            matches: paths.map((value) => ({ path: { type: HttpRouteSpecRulesMatchesPathType.PATH_PREFIX, value } })),
            backendRefs: [{ group: '', kind: 'Service', name: context.service, port: servicePort, weight: 1 }],
          },
        ],
      },
    });
  }
}

function renderOwnGateway(scope: Construct, props: GatewayEntryProps, { workload, routes }: EntryContext): void {
  const { className = '', tls, httpPort = 80, httpsPort = 443 } = props;
  for (const [name, port] of Object.entries({ httpPort, httpsPort })) {
    if (!isPort(port)) {
      throw new Error(`${name} of Entry.gateway must be a port from 1 to 65535, or left out, got ${port}`);
    }
  }
  const allowedRoutes = { namespaces: { from: GatewaySpecListenersAllowedRoutesNamespacesFrom.SAME } };
  const certificate = (host: string) => {
    const name = tls?.secretName(host);
    if (!name) {
      throw new Error(
        `Entry.gateway has className '${className}' but no certificate for '${host}': ` +
          "set tls to EdgeTls.secret('…') or EdgeTls.certManager('…')",
      );
    }
    return { group: '', kind: 'Secret', name };
  };
  const https = (name: string, hostname: string, port: number) => ({
    name,
    hostname,
    port,
    protocol: 'HTTPS',
    tls: { mode: GatewaySpecListenersTlsMode.TERMINATE, certificateRefs: [certificate(hostname)] },
    allowedRoutes,
  });
  new Gateway(scope, 'Gateway', {
    metadata: { name: workload.app, labels: labelsOf(workload), annotations: tls?.annotations },
    spec: {
      gatewayClassName: className,
      listeners: [
        { name: 'http', port: httpPort, protocol: 'HTTP', allowedRoutes },
        // cert-manager requests certificates for the hosts of these listeners.
        ...routes.map(({ host }) => https(host, host, httpsPort)),
        ...routes.flatMap(({ host, federationPort = httpsPort }) =>
          federationPort === httpsPort ? [] : [https('federation', host, federationPort)],
        ),
      ],
    },
  });
}
