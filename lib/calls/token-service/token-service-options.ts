import type { Duration } from 'cdk8s';
import type { Resources } from '../../kubernetes/workloads/resources';
import type { CallIdentity } from './call-identity';
import type { FederatedUsers } from './federated-users';

/** Options of the token service of calls. */
export interface TokenServiceOptions {
  /** What users of other servers may do. @default FederatedUsers.none() */
  readonly federatedUsers?: FederatedUsers;
  /** How participants are named in the SFU for clients that ask at `/sfu/get`. @default CallIdentity.USER_AND_DEVICE */
  readonly identity?: CallIdentity;
  /**
   * Time within which a client has to connect with its token, from 30 seconds to 5 minutes.
   *
   * Once it is connected, LiveKit gives it newer ones.
   *
   * @default Duration.minutes(2)
   */
  readonly tokenLifetime?: Duration;
  /**
   * Time for which an OpenID token can be used again after its first use, up to an hour.
   *
   * A longer one serves clients that keep theirs, but a stolen one as well.
   *
   * @default Duration.minutes(5)
   */
  readonly openIdReuse?: Duration;
  /** Number of pods. @default 2 */
  readonly replicas?: number;
  /** Requests and limits of a pod. @default - 10m CPU, 64Mi memory with a limit of 192Mi */
  readonly resources?: Resources;
}
