export type { EdgeOptions } from './edge-options';
export { EdgeTls, IssuerKind } from './entry/edge-tls';
export { Edge } from './entry/entry';
export type { GatewayEdgeProps } from './entry/gateway';
export type { IngressEdgeProps } from './entry/ingress';
export { MatrixEdge, type MatrixEdgeProps } from './matrix-edge';
