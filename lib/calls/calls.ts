import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import type { IMatrixHomeserver } from '../synapse';
import type { System } from '../system';
import type { CallsOptions } from './calls-options';
import { MatrixCalls } from './matrix-calls';
import { tokenServiceUrl } from './token-service-url';

/** Whether people can call each other in rooms. */
@checked
export class Calls {
  /** Calls through LiveKit, in Element Call and other clients of MatrixRTC. */
  public static livekit(options: CallsOptions): Calls {
    return new Calls(
      (scope, id, system, homeserver) =>
        new MatrixCalls(scope, id, {
          system,
          homeserver,
          host: options.host,
          entry: options.entry,
          tokens: options.tokens,
          callClient: options.callClient,
          relayPort: options.relayPort,
          maxParticipants: options.maxParticipants,
          drain: options.drain,
          resources: options.resources,
        }),
      tokenServiceUrl(options.host),
    );
  }

  /** No calls in rooms. */
  public static none(): Calls {
    return new Calls(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (
      scope: Construct,
      id: string,
      system: System,
      homeserver: IMatrixHomeserver,
    ) => MatrixCalls | undefined,
    /** @internal */
    public readonly _serviceUrl?: string,
  ) {}
}
