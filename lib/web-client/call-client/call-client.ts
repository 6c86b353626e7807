import type { Construct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import type { System } from '../../system';
import type { ElementCallOptions } from './element-call-options';
import { MatrixCallClient } from './matrix-call-client';

/** The page that clients without one of their own show in a room for its calls. */
@checked
export class CallClient {
  /** Element Call, at a host of its own, through the edge. */
  public static element(options: ElementCallOptions): CallClient {
    return new CallClient(
      (scope, id, system, serviceUrl) =>
        new MatrixCallClient(scope, id, {
          system,
          serviceUrl,
          host: options.host,
          embeddedBy: options.embeddedBy,
          replicas: options.replicas,
          resources: options.resources,
        }),
    );
  }

  /** No such page. */
  public static none(): CallClient {
    return new CallClient(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (
      scope: Construct,
      id: string,
      system: System,
      serviceUrl: string,
    ) => MatrixCallClient | undefined,
  ) {}
}
