import type { Duration } from 'cdk8s';
import type { Schedule } from '../kubernetes/schedule';
import type { Resources } from '../kubernetes/workloads/resources';

/** What is cleaned up every night, and when. */
export interface UpkeepOptions {
  /**
   * Deletes rooms that no user of this server is in, once nothing has happened in them for this long; at least a day.
   *
   * Their messages are gone from the database, also for people who have left and could still read them. In a
   * federation, only rooms that all users here have forgotten too: another server may have invited them back.
   */
  readonly abandonedRoomsAfter: Duration;
  /** When it runs. @default Schedule.daily('01:20') */
  readonly schedule?: Schedule;
  /** Requests and limits of the Job. @default - 10m CPU, 32Mi memory with a limit of 128Mi */
  readonly resources?: Resources;
}
