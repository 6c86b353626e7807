import type { Construct } from 'constructs';
import { checked } from '../../kubernetes/checks/checked';
import type { TurnServer } from '../../synapse';
import type { System } from '../../system';
import type { CoturnOptions } from './coturn-options';
import { MatrixTurn } from './matrix-turn';

/** A TURN server, as the homeserver needs to know it. */
export interface ITurn {
  /** Its URIs and shared secret. */
  readonly server: TurnServer;
}

/** The TURN server that relays 1:1 calls between browsers. Element Call does not use it. */
@checked
export class Turn {
  /** coturn in the cluster. */
  public static coturn(options: CoturnOptions): Turn {
    return new Turn(
      (scope, id, system) =>
        new MatrixTurn(scope, id, {
          system,
          host: options.host,
          entry: options.entry,
          tlsSecretName: options.tlsSecretName,
          calls: options.calls,
          deniedRanges: options.deniedRanges,
          userQuota: options.userQuota,
          maxMegabitsPerSecond: options.maxMegabitsPerSecond,
          userLifetime: options.userLifetime,
          resources: options.resources,
        }),
    );
  }

  /** A TURN server that runs elsewhere, such as coturn with `use-auth-secret`. */
  public static external(server: TurnServer): Turn {
    return new Turn(() => ({ server }));
  }

  /** No TURN server: calls between two browsers behind NAT do not connect. */
  public static none(): Turn {
    return new Turn(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (scope: Construct, id: string, system: System) => ITurn | undefined,
  ) {}
}
