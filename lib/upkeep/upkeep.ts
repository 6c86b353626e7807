import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { MatrixUpkeep } from './matrix-upkeep';
import type { UpkeepContext } from './upkeep-context';
import type { UpkeepOptions } from './upkeep-options';

/** Whether what Synapse does not clean up itself is cleaned up by a CronJob. */
@checked
export class Upkeep {
  /**
   * Every night, what the options name and nothing else.
   *
   * It acts as the administrator of `accounts`. What Synapse deletes by its own settings is left to it.
   *
   * @throws at synthesis when an option is not valid, or accounts are not managed.
   */
  public static nightly(options: UpkeepOptions): Upkeep {
    const { abandonedRoomsAfter, schedule, resources } = options;
    return new Upkeep((scope, id, { system, homeserver, edge, administrator }) => {
      const own = { abandonedRoomsAfter, schedule, resources };
      return new MatrixUpkeep(scope, id, { system, homeserver, edge, administrator, ...own });
    });
  }

  /** Nothing is cleaned up beyond what Synapse does. */
  public static none(): Upkeep {
    return new Upkeep(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (scope: Construct, id: string, context: UpkeepContext) => MatrixUpkeep | undefined,
  ) {}
}
