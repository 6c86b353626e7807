import type { IPeer } from '../kubernetes/network/peer';
import type { Resources } from '../kubernetes/workloads/resources';
import type { Entry } from './entry/entry';

/** What can be set for the edge: what comes in, and by which way. */
export interface EdgeOptions {
  /** What leads in from outside the cluster. @default Entry.none() */
  readonly entry?: Entry;
  /** Clients in the cluster: they may use the client API, without the admin API. @default - none; add with `MatrixEdge.allowFrom` */
  readonly allowedClients?: IPeer[];
  /**
   * Clients in the cluster that may use the client API and the admin API, at a Service of their own: services that make accounts.
   *
   * @default - none; add with `MatrixEdge.allowAdminFrom`
   */
  readonly allowedAdmins?: IPeer[];
  /**
   * What may use the federation port: what brings other servers by a way of its own, and a token service for calls.
   *
   * @default - none; add with `MatrixEdge.allowFederationFrom`
   */
  readonly allowedFederationClients?: IPeer[];
  /**
   * Ranges of addresses of proxies among the clients, such as an nginx on the node: the client address that they report is trusted.
   * They must serve TLS to the outside themselves.
   *
   * @default - none
   */
  readonly trustedProxies?: string[];
  /**
   * How many proxies write into X-Forwarded-For on the way: 2 where another one stands before the controller, and the controller adds to
   * what that one wrote.
   *
   * @default 1
   */
  readonly proxyHops?: number;
  /** Port of every node that leads to the client API, for the allowed clients: 30292 on the running installation. @default - none */
  readonly nodePort?: number;
  /** Hosts that lead to files too, such as the platform's API host. @default - none */
  readonly mediaHosts?: string[];
  /** How many proxies run; each holds 3500 client connections. @default 2, and 4 of a large system */
  readonly replicas?: number;
  /** What each proxy asks for, and ends at. @default - 10m CPU, 16Mi memory, at most 256Mi */
  readonly resources?: Resources;
}
