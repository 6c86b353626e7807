import type { Size } from 'cdk8s';
import type { DiscoverySite, SupportContact } from './discovery';
import type { IPeer } from './kubernetes/peer';
import type { SystemSize } from './kubernetes/resources';
import type { ISecretKey } from './kubernetes/secret-key';
import type { IMatrixPostgres } from './postgres';
import type { MatrixSecrets } from './secrets';
import type { Federation, HomeserverConfig, OidcProvider, TurnServer } from './synapse';

/** Props of `MatrixChart`. */
export interface MatrixChartProps {
  /** Namespace of every object; it must be there. */
  readonly namespace: string;
  /** Stands in every user and room ID and can never change: `example.org`. */
  readonly serverName: string;
  /** Where clients reach the server: `https://matrix.example.org`. */
  readonly publicBaseUrl: string;
  /**
   * Starts every name of a second system in one namespace: `training-`.
   *
   * @default - none
   */
  readonly namePrefix?: string;
  /** How many people the system is for. @default SystemSize.SMALL */
  readonly size?: SystemSize;
  /** @default - the cluster's default class */
  readonly storageClass?: string;

  /** @default MatrixSecrets.generated() */
  readonly secrets?: MatrixSecrets;
  /** A database that is managed elsewhere: `MatrixPostgres.external({...})`. @default - one in the cluster */
  readonly postgres?: IMatrixPostgres;
  /** Name of the in-cluster database. @default synapse */
  readonly database?: string;
  /** User of the in-cluster database. @default synapse_user */
  readonly databaseUser?: string;
  /** @default 20Gi */
  readonly databaseStorage?: Size;

  /** Settings of homeserver.yaml. @default HomeserverConfig.platform() */
  readonly config?: HomeserverConfig;
  /** A further file of settings, from a Secret; see `MatrixSynapse`. @default - none */
  readonly secretConfig?: ISecretKey;
  /** @default Federation.CLOSED */
  readonly federation?: Federation;
  /** @default - people log in with passwords alone */
  readonly oidcProviders?: OidcProvider[];
  /** @default - calls are not relayed */
  readonly turn?: TurnServer;
  /** Who may use the client API, and with it the admin API. @default - nobody; add with `chart.synapse.allowFrom` */
  readonly clients?: IPeer[];
  /** Who may use the federation port: proxies, a token service for calls. @default - nobody; add with `chart.synapse.allowFederationFrom` */
  readonly federationClients?: IPeer[];
  /** Accepts an IP address as server name. @default false */
  readonly allowIpServerName?: boolean;
  /** Room for media. @default 10Gi */
  readonly mediaStorage?: Size;

  /** Where other servers reach this one, with its port. @default - host and port of `publicBaseUrl` */
  readonly federationHost?: string;
  /** @default true */
  readonly withDiscovery?: boolean;
  /** Further content of `/.well-known/matrix/client`, such as `org.matrix.msc4143.rtc_foci`. @default - none */
  readonly extraClientContent?: { [key: string]: unknown };
  /** Whom to write to about this server. @default - nobody is named */
  readonly supportContacts?: SupportContact[];
  /** @default - none */
  readonly supportPage?: string;
  /** Other server names that discovery answers for. @default - none */
  readonly furtherSites?: DiscoverySite[];

  /** @default - true with the in-cluster database */
  readonly withBackups?: boolean;
  /** When a set is made, in UTC. @default 0 2 * * * */
  readonly backupSchedule?: string;
  /** How many sets are kept. @default 7 */
  readonly backupsKept?: number;
  /** @default 50Gi */
  readonly backupStorage?: Size;
}
