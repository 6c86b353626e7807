export { MatrixDiscovery, type MatrixDiscoveryProps } from './matrix-discovery';
export { type DiscoverySite, type SupportContact, SupportRole } from './site';
