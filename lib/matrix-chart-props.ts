import type { Size } from 'cdk8s';
import type { AccountsOptions } from './accounts';
import type { BackupOptions } from './backups';
import type { DiscoverySite, SupportContact } from './discovery';
import type { EdgeOptions } from './edge';
import type { ImageOptions } from './kubernetes/images/image';
import type { IMatrixPostgres } from './postgres';
import type { MatrixSecrets } from './secrets';
import type { SynapseOptions } from './synapse';

/** Props of `MatrixChart`: what is said of Synapse, and of the parts around it. */
export interface MatrixChartProps extends SynapseOptions, EdgeOptions, AccountsOptions, BackupOptions, ImageOptions {
  /** Namespace of every object; it must be there. */
  readonly namespace: string;

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

  /** Whether the first administrator is made. @default - true, unless existing secrets have no `adminPassword` */
  readonly withAccounts?: boolean;
}
