export type { HomeserverSettings } from '../../imports/homeserver';
export { Federation } from './federation';
export { HomeserverConfig } from './homeserver/homeserver-config';
export { MatrixSynapse } from './matrix-synapse';
export type { MatrixSynapseProps } from './matrix-synapse-props';
export type { OidcProvider } from './oidc';
export type { SynapsePorts } from './ports';
export type { SynapseOptions } from './synapse-options';
export type { TurnServer } from './turn';
