import type { Accounts } from './accounts';
import type { Backups } from './backups';
import type { Discovery } from './discovery';
import type { EdgeOptions } from './edge';
import type { Postgres } from './postgres';
import type { SynapseOptions } from './synapse';
import type { SystemProps } from './system';

/** Props of `MatrixChart`: facts that two parts or more need, and one prop for each part. */
export interface MatrixChartProps extends SystemProps {
  /** Namespace of every object. It must exist. */
  readonly namespace: string;
  /** The database. @default Postgres.inCluster() */
  readonly postgres?: Postgres;
  /** The homeserver. @default - the recommended settings, closed federation */
  readonly synapse?: SynapseOptions;
  /** What comes in, and by which way. @default - nothing; declare clients and an entry */
  readonly edge?: EdgeOptions;
  /** Whether `/.well-known/matrix` is answered. @default Discovery.served() */
  readonly discovery?: Discovery;
  /** Whether the first accounts are made. @default Accounts.managed() */
  readonly accounts?: Accounts;
  /** Where backups are kept. @default Backups.to(BackupRepository.claim()) */
  readonly backups?: Backups;
}
