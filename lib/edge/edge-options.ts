import type { IPeer } from '../kubernetes/network/peer';
import type { Edge } from './entry/entry';

/** What is said of the way in, in `MatrixEdge` and in `MatrixChart`, which passes it on. */
export interface EdgeOptions {
  /** @default Edge.none() */
  readonly edge?: Edge;
  /** Who in the cluster may use the client API, without the admin API. @default - nobody; add with `MatrixEdge.allowFrom` */
  readonly clients?: IPeer[];
  /**
   * Who may use the client API and the admin API, at a Service of their own: the platform's services that make accounts.
   *
   * @default - nobody; add with `MatrixEdge.allowAdminFrom`
   */
  readonly admins?: IPeer[];
  /**
   * Who may use the federation port: what brings other servers by a way of its own, and a token service for calls.
   *
   * @default - nobody; add with `MatrixEdge.allowFederationFrom`
   */
  readonly federationClients?: IPeer[];
  /**
   * Ranges of addresses of proxies among the clients, such as an nginx on the node: what they say of where somebody came from is believed.
   * They must come over TLS from outside themselves.
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
  /** Port of every node that leads to the client API, for the declared clients: 30292 on the running installation. @default - none */
  readonly nodePort?: number;
  /** Hosts that lead to files too, such as the platform's API host. @default - none */
  readonly mediaHosts?: string[];
  /** How many proxies run; each holds 3500 connections of people. @default 2, and 4 of a large system */
  readonly edgeReplicas?: number;
}
