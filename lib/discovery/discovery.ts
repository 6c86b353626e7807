import type { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import type { System } from '../system';
import type { DiscoveryOptions } from './discovery-options';
import { MatrixDiscovery } from './matrix-discovery';

/** Whether the system serves `/.well-known/matrix`. */
@checked
export class Discovery {
  /** Serves it, through the edge. */
  public static served(options: DiscoveryOptions = {}): Discovery {
    return new Discovery(
      (scope, id, system, callServiceUrl) =>
        new MatrixDiscovery(scope, id, {
          system,
          callServiceUrl,
          extraClientContent: options.extraClientContent,
          supportContacts: options.supportContacts,
          supportPage: options.supportPage,
          furtherSites: options.furtherSites,
          maxAge: options.maxAge,
          replicas: options.replicas,
          resources: options.resources,
          allowedClients: [],
        }),
    );
  }

  /** Does not serve it. The web server of the server name has to. */
  public static none(): Discovery {
    return new Discovery(() => undefined);
  }

  private constructor(
    /** @internal */
    public readonly _render: (
      scope: Construct,
      id: string,
      system: System,
      callServiceUrl?: string,
    ) => MatrixDiscovery | undefined,
  ) {}
}
