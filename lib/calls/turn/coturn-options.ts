import type { Duration } from 'cdk8s';
import type { Resources } from '../../kubernetes/workloads/resources';
import type { TurnEntry } from './turn-entry';

/** Options of coturn. */
export interface CoturnOptions {
  /** Host name at which clients reach it, such as `turn.example.org`. It must resolve to the address of `entry`. */
  readonly host: string;
  /** How clients outside the cluster reach its ports. */
  readonly entry: TurnEntry;
  /**
   * Name of a Secret of type `kubernetes.io/tls` with a certificate for `host`. A new certificate needs no restart.
   *
   * @default - clients are not offered `turns:`, which passes more firewalls
   */
  readonly tlsSecretName?: string;
  /**
   * How many calls are relayed at once, from which the number of relay ports follows: ten for each.
   *
   * A call holds up to eight ports while it connects, and ports that clients abandon are held for ten minutes.
   *
   * @default 20
   */
  readonly calls?: number;
  /**
   * Ranges that coturn never relays to, beside all that are not public.
   *
   * Name public addresses of the cluster's own nodes, pods, Services and networks.
   *
   * @default - none
   */
  readonly deniedRanges?: string[];
  /** How many relay ports one user may hold; a call takes up to four. @default 12 */
  readonly userQuota?: number;
  /** The most that each relayed stream may carry, in Mbit/s. @default 24 */
  readonly maxMegabitsPerSecond?: number;
  /**
   * How long the credentials that a client gets are valid, and a shared secret after it was replaced.
   *
   * @default Duration.hours(1)
   */
  readonly userLifetime?: Duration;
  /** Requests and limits. @default - 20m CPU and 32Mi memory, limited to 256Mi */
  readonly resources?: Resources;
}
