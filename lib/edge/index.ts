export { Edge } from './edge';
export type { EdgeOptions } from './edge-options';
export { EdgeTls, IssuerKind } from './edge-tls';
export type { GatewayEdgeProps } from './gateway';
export type { IngressEdgeProps } from './ingress';
export { MatrixEdge, type MatrixEdgeProps } from './matrix-edge';
