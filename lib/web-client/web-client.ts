import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import type { System } from '../system';
import type { ElementOptions } from './element-options';
import { MatrixWebClient } from './matrix-web-client';

/** The chat client that people open in a browser. */
@checked
export class WebClient {
  /** Element Web, at a host of its own, through the edge. */
  public static element(options: ElementOptions): WebClient {
    return new WebClient(
      (scope, id, system, callServiceUrl) =>
        new MatrixWebClient(scope, id, {
          system,
          callServiceUrl,
          url: options.url,
          brand: options.brand,
          federatedRooms: options.federatedRooms,
          presence: options.presence,
          forceVerification: options.forceVerification,
          elementCallUrl: options.elementCallUrl,
          replicas: options.replicas,
          resources: options.resources,
        }),
    );
  }

  /** No web client. */
  public static none(): WebClient {
    return new WebClient(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (
      scope: Construct,
      id: string,
      system: System,
      callServiceUrl?: string,
    ) => MatrixWebClient | undefined,
  ) {}
}
