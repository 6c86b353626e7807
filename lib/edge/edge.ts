import type { IPeer } from '../kubernetes/network/peer';

/** The edge, as the other parts of a system see it. */
export interface IMatrixEdge {
  /** Service for administrators. */
  readonly adminHost: string;
  /** Port of the client and admin API, at `adminHost`. */
  readonly adminPort: number;
  /** The pods that forward requests from outside. @default - none of the cluster's, with `Entry.none()` */
  readonly controller?: IPeer;

  /** Allows an admin client to use the client API and the admin API, at `adminHost`. */
  allowAdminFrom(admin: IPeer): void;
}
