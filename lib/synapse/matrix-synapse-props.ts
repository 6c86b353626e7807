import type { Size } from 'cdk8s';
import type { IPeer } from '../kubernetes/peer';
import type { Resources, SystemSize } from '../kubernetes/resources';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { IMatrixPostgres } from '../postgres/database';
import type { SystemSecrets } from '../secrets/system-secrets';
import type { Federation } from './federation';
import type { HomeserverConfig } from './homeserver/homeserver-config';
import type { OidcProvider } from './oidc';
import type { SynapsePorts } from './ports';
import type { TurnServer } from './turn';

/** Props of `MatrixSynapse`. */
export interface MatrixSynapseProps {
  /** Stands in every user and room ID and can never change: `example.org`. */
  readonly serverName: string;
  /** Where clients reach the server: `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  readonly postgres: IMatrixPostgres;
  readonly secrets: SystemSecrets;
  /**
   * Settings of homeserver.yaml.
   *
   * @default HomeserverConfig.platform()
   */
  readonly config?: HomeserverConfig;
  /**
   * A further file of settings, from a Secret: for what Synapse takes only as text (`email.smtp_pass`, `password_config.pepper`,
   * `jwt_config.secret`, `modules` with credentials). A block in it replaces the whole block of the same name.
   *
   * @default - none
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly secretConfig?: ISecretKey;
  /** @default Federation.CLOSED */
  readonly federation?: Federation;
  /** @default - people log in with passwords alone */
  readonly oidcProviders?: OidcProvider[];
  /** @default - calls are not relayed */
  readonly turn?: TurnServer;
  /**
   * Who may use the client API. The admin API is served at the same port: declare only who needs it.
   *
   * @default - nobody; add with `allowFrom`
   */
  readonly clients?: IPeer[];
  /**
   * Who may use the federation port: the proxy that other servers come through, and a token service for calls.
   *
   * @default - nobody; add with `allowFederationFrom`
   */
  readonly federationClients?: IPeer[];
  /**
   * Accepts an IP address as server name, for tests and closed networks.
   *
   * @default false
   */
  readonly allowIpServerName?: boolean;
  /** @default - 8008, 8009 and 9000 */
  readonly ports?: SynapsePorts;
  /** @default SystemSize.SMALL */
  readonly size?: SystemSize;
  /** @default - by `size` */
  readonly resources?: Resources;
  /** Room for media. @default 10Gi */
  readonly storage?: Size;
  /** @default - the cluster's default class */
  readonly storageClass?: string;
  /** @default ghcr.io/element-hq/synapse:v1.163.2 */
  readonly image?: string;
  /** @default - none */
  readonly namePrefix?: string;
}
