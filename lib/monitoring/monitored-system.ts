import type { System } from '../system';
import type { IMonitored } from './monitored';

/** The parts that are watched, and the system they belong to. */
export interface MonitoredSystem {
  /** The system. */
  readonly system: System;
  /** Its parts. */
  readonly parts: IMonitored[];
}
