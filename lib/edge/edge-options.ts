import type { IMatrixDiscovery } from '../discovery';
import type { IPeer } from '../kubernetes/network/peer';
import type { Resources } from '../kubernetes/workloads/resources';
import type { IMatrixHomeserver } from '../synapse';
import type { System } from '../system';
import type { EdgeSite } from './edge-site';
import type { Entry } from './entry/entry';

/** Options of the edge: the clients that may connect, and how they reach it. */
export interface EdgeOptions {
  /** How requests from outside the cluster reach the edge. @default Entry.none() */
  readonly entry?: Entry;
  /**
   * Clients in the cluster that may use the client API, without the admin API.
   *
   * @default - none; add with `MatrixEdge.allowFrom`
   */
  readonly allowedClients?: IPeer[];
  /**
   * Clients in the cluster that may use the client API and the admin API, such as services that create accounts.
   *
   * They connect to a separate Service, `MatrixEdge.adminHost`.
   *
   * @default - none; add with `MatrixEdge.allowAdminFrom`
   */
  readonly allowedAdmins?: IPeer[];
  /**
   * Clients that may use the federation port: another proxy for other servers, or a token service for calls.
   *
   * @default - none; add with `MatrixEdge.allowFederationFrom`
   */
  readonly allowedFederationClients?: IPeer[];
  /**
   * Address ranges of proxies among the clients, such as an nginx on the node.
   *
   * The edge trusts the client address that they report. They must serve TLS to the outside themselves.
   *
   * @default - none
   */
  readonly trustedProxies?: string[];
  /**
   * Number of proxies on the way that add an entry to X-Forwarded-For.
   *
   * Use 2 where another proxy stands before the controller, and the controller appends to that proxy's header.
   *
   * @default 1
   */
  readonly proxyHops?: number;
  /**
   * Port of every node that serves the client API to the allowed clients: 30292 on the running installation.
   *
   * @default - none
   */
  readonly nodePort?: number;
  /** Further hosts that serve media, such as the platform's API host. @default - none */
  readonly mediaHosts?: string[];
  /**
   * Hosts of other parts or of your own Services, such as those of calls and of a web client.
   *
   * They need an `entry`.
   *
   * @default - none
   */
  readonly sites?: EdgeSite[];
  /** Number of proxies; each holds 3500 client connections. @default - 2, and 4 in a large system */
  readonly replicas?: number;
  /** Resource requests and limits of each proxy. @default - 10m CPU, 16Mi memory, at most 256Mi */
  readonly resources?: Resources;
}

/** Props of `MatrixEdge`. */
export interface MatrixEdgeProps extends EdgeOptions {
  /** The system that the edge belongs to. */
  readonly system: System;
  /** The homeserver behind the edge. */
  readonly homeserver: IMatrixHomeserver;
  /** The part that answers `/.well-known/matrix`. @default - those paths are not served */
  readonly discovery?: IMatrixDiscovery;
}
