import type { Duration } from 'cdk8s';
import type { Resources } from '../../kubernetes/workloads/resources';
import type { System } from '../../system';
import type { LivekitEntry } from './livekit-entry';

/** Options of the SFU. */
export interface LivekitOptions {
  /** How pictures and sound reach it. */
  readonly entry: LivekitEntry;
  /**
   * Port for UDP of a relay within the SFU, such as 30004, for clients whose network lets them reach only one address.
   *
   * It relays only to the SFU. A node port where `entry` has node ports; it needs the `publicAddress` of `entry`.
   *
   * @default - no relay
   */
  readonly relayPort?: number;
  /** Largest number of participants in a call. @default 50 */
  readonly maxParticipants?: number;
  /**
   * How long an update or a drained node waits for calls to end.
   *
   * Meanwhile no new call can begin. Calls that are left are then broken off.
   *
   * @default Duration.minutes(10)
   */
  readonly drain?: Duration;
  /** Resource requests and limits. @default - 100m CPU and 150Mi memory, limited to 1Gi */
  readonly resources?: Resources;
}

/** Props of `MatrixLivekit`. */
export interface MatrixLivekitProps extends LivekitOptions {
  /** The system that the SFU belongs to. */
  readonly system: System;
  /** Host at which the edge serves the WebSockets: `calls.example.org`. */
  readonly publicHost: string;
  /** URL that learns of joins and leaves, within the cluster. @default - that of the system's token service */
  readonly webhookUrl?: string;
}
