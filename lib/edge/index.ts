export { Edge, type EdgeContext } from './edge';
export type { EdgeOptions } from './edge-options';
export { EdgeTls, IssuerKind } from './edge-tls';
export type { GatewayEdgeProps } from './gateway';
export type { EdgeHosts, HostRoute } from './host-routes';
export type { IngressEdgeProps } from './ingress';
export { MatrixEdge, type MatrixEdgeProps } from './matrix-edge';
