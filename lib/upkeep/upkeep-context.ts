import type { IMatrixEdge } from '../edge';
import type { IMatrixHomeserver } from '../synapse';
import type { Administrator } from '../synthetic-user';
import type { System } from '../system';

/** The parts that upkeep needs. */
export interface UpkeepContext {
  /** The system. */
  readonly system: System;
  /** The homeserver. */
  readonly homeserver: IMatrixHomeserver;
  /** The edge, which leads to the admin API. */
  readonly edge: IMatrixEdge;
  /** The account that deletes. Required: synthesis fails without one. @default - none */
  readonly administrator?: Administrator;
}
