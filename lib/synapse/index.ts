export { Federation } from './federation';
export { HomeserverConfig } from './homeserver/homeserver-config';
export { MatrixSynapse } from './matrix-synapse';
export { MatrixSynapseProps } from './matrix-synapse-props';
export { OidcProvider } from './oidc';
export { SynapsePorts } from './ports';
export { TurnServer } from './turn';
