import { checked } from '../../kubernetes/checks/checked';
import { SystemSize } from '../../system-size';
import { Scaling } from './scaling';
import type { WorkersOptions } from './workers-options';

/** Whether parts of Synapse run in processes of their own, because one process uses at most about one core. */
@checked
export class Workers {
  /** One process does everything. */
  public static none(): Workers {
    return new Workers(() => ({}));
  }

  /** The workers that the size of the system takes; none in a small one. */
  public static forSize(): Workers {
    return new Workers((size) => BY_SIZE[size]);
  }

  /**
   * These workers, and none that is left out.
   *
   * @throws at synthesis when one of them is not possible.
   */
  public static of(options: WorkersOptions): Workers {
    return new Workers(() => options);
  }

  private constructor(
    /** @internal */
    public readonly _options: (size: SystemSize) => WorkersOptions,
  ) {}
}

/** See docs/concepts/sizing.md for the measurements. */
const BY_SIZE: { [size in SystemSize]: WorkersOptions } = {
  [SystemSize.SMALL]: {},
  [SystemSize.MEDIUM]: { sync: Scaling.fixed(2), client: Scaling.fixed(2), background: true },
  [SystemSize.LARGE]: {
    sync: Scaling.between(2, 6),
    client: Scaling.between(2, 4),
    eventCreators: Scaling.fixed(2),
    eventPersisters: 2,
    background: true,
    streams: { typing: 1, toDevice: 1, receipts: 1, deviceLists: 1 },
  },
};
