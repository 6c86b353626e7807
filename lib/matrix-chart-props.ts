import type { Accounts } from './accounts';
import type { Backups } from './backups';
import type { Calls } from './calls';
import type { Turn } from './calls/turn';
import type { Discovery } from './discovery';
import type { EdgeOptions } from './edge';
import type { Monitoring } from './monitoring';
import type { Postgres } from './postgres';
import type { SynapseOptions, Workers } from './synapse';
import type { SyntheticUser } from './synthetic-user';
import type { SystemProps } from './system';
import type { Upkeep } from './upkeep';
import type { WebClient } from './web-client';

/** Props of `MatrixChart`: facts that several parts need, and one prop for each part. */
export interface MatrixChartProps extends SystemProps {
  /** Namespace of every object. The namespace must already exist. */
  readonly namespace: string;
  /** The database. @default Postgres.inCluster() */
  readonly postgres?: Postgres;
  /** The homeserver. @default - the recommended settings, with federation closed */
  readonly synapse?: SynapseOptions;
  /** Which work of the homeserver is done by processes of their own. @default Workers.none() */
  readonly workers?: Workers;
  /** The TURN server that relays 1:1 calls. @default Turn.none() */
  readonly turn?: Turn;
  /** Whether people can call each other in rooms. @default Calls.none() */
  readonly calls?: Calls;
  /** Which clients may connect, and through which Ingress, Gateway or NodePort. @default - no client, and no entry */
  readonly edge?: EdgeOptions;
  /** The chat client that people open in a browser. @default WebClient.none() */
  readonly webClient?: WebClient;
  /** Whether `/.well-known/matrix` is answered. @default Discovery.served() */
  readonly discovery?: Discovery;
  /** Whether the first accounts are created. @default Accounts.managed() */
  readonly accounts?: Accounts;
  /** Where backups are kept. @default Backups.to(BackupRepository.claim()) */
  readonly backups?: Backups;
  /** How the system is watched: metrics and alerts. @default Monitoring.none() */
  readonly monitoring?: Monitoring;
  /** Whether a program uses the system as people do, for `monitoring`. @default SyntheticUser.none() */
  readonly syntheticUser?: SyntheticUser;
  /** Whether a CronJob deletes what Synapse does not delete itself. @default Upkeep.none() */
  readonly upkeep?: Upkeep;
}
