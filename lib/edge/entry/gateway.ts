import type { Construct } from 'constructs';
import {
  Gateway,
  GatewaySpecListenersAllowedRoutesNamespacesFrom,
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
  /** The pods that bring the requests: they alone come in, and are believed from which address and over TLS or not somebody came. */
  readonly controller: IPeer;
  /** A Gateway that is there, with its listeners and certificates. @default - one of our own, of `className` */
  readonly gatewayName?: string;
  /** Where that Gateway is. @default - in the system's namespace */
  readonly gatewayNamespace?: string;
  /** GatewayClass of a Gateway of our own. @default - none is made */
  readonly className?: string;
  /** Certificate of a Gateway of our own: a Secret or cert-manager. @default - that of the Gateway that is there */
  readonly tls?: EdgeTls;
  /** Port of a Gateway of our own for the redirect to https. @default 80 */
  readonly httpPort?: number;
  /** @default 443 */
  readonly httpsPort?: number;
}

/** Renders the routes, and the Gateway when it is ours. Plain HTTP leads to the proxy too, which redirects it. */
export function renderGateway(scope: Construct, props: GatewayEntryProps, context: EntryContext): void {
  const { workload, routes } = context;
  if ((props.gatewayName === undefined) === (props.className === undefined)) {
    throw new Error(
      `Entry.gateway has gatewayName '${props.gatewayName ?? ''}' and className '${props.className ?? ''}': give one of them, ` +
        'gatewayName for a Gateway that is there or className for one of our own',
    );
  }
  if (props.gatewayNamespace !== undefined && !props.gatewayName) {
    throw new Error(
      `Entry.gateway has gatewayNamespace '${props.gatewayNamespace}', but a Gateway of our own is in the system's: leave it out, or give gatewayName`,
    );
  }
  if (props.className) {
    renderOwnGateway(scope, props, context);
  } else if (props.tls || props.httpPort || props.httpsPort) {
    throw new Error(
      `Entry.gateway has tls or ports, but Gateway '${props.gatewayName}' has its own: leave them out, or give className`,
    );
  }
  const parentRefs = [{ name: props.gatewayName ?? workload.app, namespace: props.gatewayNamespace }];
  for (const { host, paths } of routes) {
    new HttpRoute(scope, `Route ${host}`, {
      metadata: { name: `${workload.app}-${host}`, labels: labelsOf(workload) },
      spec: {
        parentRefs,
        hostnames: [host],
        rules: [
          {
            matches: paths.map((value) => ({ path: { type: HttpRouteSpecRulesMatchesPathType.PATH_PREFIX, value } })),
            backendRefs: [{ name: context.service, port: context.port }],
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
      throw new Error(`${name} ${port} of Entry.gateway is none: write 1 to 65535, or leave it out`);
    }
  }
  const allowedRoutes = { namespaces: { from: GatewaySpecListenersAllowedRoutesNamespacesFrom.SAME } };
  const certificate = (host: string) => {
    const name = tls?.secretName(host);
    if (!name) {
      throw new Error(
        `a Gateway of class '${className}' needs a certificate: give tls, EdgeTls.secret('…') or EdgeTls.certManager('…')`,
      );
    }
    return { name };
  };
  new Gateway(scope, 'Gateway', {
    metadata: { name: workload.app, labels: labelsOf(workload), annotations: tls?.annotations },
    spec: {
      gatewayClassName: className,
      listeners: [
        { name: 'http', port: httpPort, protocol: 'HTTP', allowedRoutes },
        // cert-manager asks for certificates of the hosts that it finds here.
        ...routes.map(({ host }) => ({
          name: host,
          hostname: host,
          port: httpsPort,
          protocol: 'HTTPS',
          tls: { certificateRefs: [certificate(host)] },
          allowedRoutes,
        })),
      ],
    },
  });
}
