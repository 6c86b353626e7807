import type { Duration } from 'cdk8s';
import type { IPeer } from '../kubernetes/network/peer';
import type { ISecretKey } from '../kubernetes/secret-key';
import type { Resources } from '../kubernetes/workloads/resources';

/** Options of the synthetic user. */
export interface SyntheticUserOptions {
  /**
   * Host and port to connect to instead of the public addresses, such as `traefik.kube-system:443`.
   *
   * For clusters whose pods cannot reach their own public address. The names in the requests, and the names that the
   * certificates must have, stay those of the public addresses. Without a controller in `edge.entry`, set `peer` too.
   *
   * @default - as DNS and the public addresses say
   */
  readonly address?: string;
  /**
   * The pods or addresses that answer at the public addresses, for the network policy.
   *
   * A load balancer on the nodes, or a controller that uses the network of its node, is `Peer.addresses('10.1.2.0/24')`.
   *
   * @default - the internet, and the controller of the edge's entry
   */
  readonly peer?: IPeer;
  /**
   * Port of the pods of `peer`, where a Service maps the port of the address to another, such as 443 to 8443.
   *
   * @default - the port of the address
   */
  readonly port?: number;
  /** Certificates of private CAs that it trusts beside the public ones, in one PEM file. @default - only public CAs */
  readonly caCertificates?: ISecretKey;
  /**
   * Local part of its accounts, to which `-1` and `-2` are appended.
   *
   * Choose a name that is hard to guess: any client that knows it can block the accounts' logins with wrong passwords.
   *
   * @default matrix-synthetic-user
   */
  readonly username?: string;
  /** Time between two rounds, from 10 seconds to a minute. @default Duration.minutes(1) */
  readonly interval?: Duration;
  /** Requests and limits of its pod. @default - 10m CPU, 48Mi memory with a limit of 128Mi */
  readonly resources?: Resources;
}
