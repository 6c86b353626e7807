import type { IMatrixDiscovery } from '../discovery';
import type { IMatrixEdge } from '../edge';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { IMatrixHomeserver } from '../synapse';
import type { System } from '../system';

/** An administrator of the homeserver. */
export interface Administrator {
  /** Local part of the account. */
  readonly username: string;
  /** Its password. */
  readonly password: ISecretKey;
}

/** The parts that a synthetic user needs. */
export interface SyntheticUserContext {
  /** The system. */
  readonly system: System;
  /** The homeserver. */
  readonly homeserver: IMatrixHomeserver;
  /** The edge that people's requests pass. */
  readonly edge: IMatrixEdge;
  /** The part that answers `/.well-known/matrix`. @default - it is not asked */
  readonly discovery?: IMatrixDiscovery;
  /** Makes the accounts, and removes old messages and files. Required: synthesis fails without one. @default - none */
  readonly administrator?: Administrator;
}
