export type { IMatrixEdge } from './edge';
export type { EdgeOptions, MatrixEdgeProps } from './edge-options';
export type { EdgeSite, ISiteServer, SiteGate, SiteRoute } from './edge-site';
export { EdgeTls, IssuerKind } from './entry/edge-tls';
export { Entry } from './entry/entry';
export type { GatewayEntryProps } from './entry/gateway';
export type { IngressEntryProps } from './entry/ingress';
export { IngressController } from './entry/ingress-nginx';
export { MatrixEdge } from './matrix-edge';
