import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { MatrixSyntheticUser } from './matrix-synthetic-user';
import type { SyntheticUserContext } from './synthetic-user-context';
import type { SyntheticUserOptions } from './synthetic-user-options';

/** Whether a program uses the system all the time as people do, and measures how that goes. */
@checked
export class SyntheticUser {
  /**
   * A pod in the cluster, which uses the public addresses.
   *
   * It needs `monitoring`, which reads what it measures, and the administrator of `accounts`, who makes its accounts.
   */
  public static inCluster(options: SyntheticUserOptions = {}): SyntheticUser {
    const { address, peer, port, caCertificates, username, interval, resources } = options;
    const own = { address, peer, port, caCertificates, username, interval, resources };
    return new SyntheticUser((scope, id, context) => new MatrixSyntheticUser(scope, id, { ...context, ...own }));
  }

  /** None: only requests of people are measured. */
  public static none(): SyntheticUser {
    return new SyntheticUser(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (
      scope: Construct,
      id: string,
      context: SyntheticUserContext,
    ) => MatrixSyntheticUser | undefined,
  ) {}
}
