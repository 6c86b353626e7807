import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import type { System } from '../system';
import type { AccountsOptions } from './accounts-options';
import { type HomeserverAccess, MatrixAccounts } from './matrix-accounts';

/** Whether the first accounts are created. */
@checked
export class Accounts {
  /** Creates the first administrator with a password from a Secret, and removes rate limits of listed accounts. */
  public static managed(options: AccountsOptions = {}): Accounts {
    const { adminUsername, unlimited, resources } = options;
    return new Accounts(
      (scope, id, system, homeserver) =>
        new MatrixAccounts(scope, id, { system, homeserver, adminUsername, unlimited, resources }),
    );
  }

  /** Creates no account. */
  public static none(): Accounts {
    return new Accounts(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (
      scope: Construct,
      id: string,
      system: System,
      homeserver: HomeserverAccess,
    ) => MatrixAccounts | undefined,
  ) {}
}
