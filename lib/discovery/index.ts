export { Discovery } from './discovery';
export type { DiscoveryOptions } from './discovery-options';
export { type IMatrixDiscovery, MatrixDiscovery, type MatrixDiscoveryProps } from './matrix-discovery';
export { type DiscoverySite, type SupportContact, SupportRole } from './site';
