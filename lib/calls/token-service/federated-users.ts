import { checkedBaseUrl } from '../../addresses/base-url';
import { checkServerName } from '../../addresses/server-name';
import { checked } from '../../kubernetes/checks/checked';

/** Another server, whose users may join calls in rooms that they are in. */
export interface CallingServer {
  /** Name as in user IDs, such as `example.org`. */
  readonly serverName: string;
  /**
   * URL at which it says whose an OpenID token is, such as `https://matrix.example.org`.
   *
   * It is never looked up from the name, because the sender of a request could choose what that resolves to.
   */
  readonly url: string;
}

/** What users of other servers may do in calls of this one. They must be in the room in any case. */
@checked
export class FederatedUsers {
  /** Nothing: they get no token. */
  public static none(): FederatedUsers {
    return new FederatedUsers([], false);
  }

  /**
   * They see and hear the others once a user of this server has opened the call.
   *
   * @throws when a server name or a URL is not valid.
   */
  public static listen(...servers: CallingServer[]): FederatedUsers {
    return FederatedUsers.of('listen', servers, false);
  }

  /**
   * The same as users of this server.
   *
   * @throws when a server name or a URL is not valid.
   */
  public static full(...servers: CallingServer[]): FederatedUsers {
    return FederatedUsers.of('full', servers, true);
  }

  private static of(kind: string, servers: CallingServer[], publishes: boolean): FederatedUsers {
    if (servers.length === 0) {
      throw new Error(`FederatedUsers.${kind}() needs at least one server: add one, or use FederatedUsers.none()`);
    }
    for (const { serverName, url } of servers) {
      checkServerName(serverName, true, `serverName in FederatedUsers.${kind}`);
      checkedBaseUrl(`url of '${serverName}' in FederatedUsers.${kind}`, url);
    }
    return new FederatedUsers(servers, publishes);
  }

  private constructor(
    /** @internal */
    public readonly _servers: CallingServer[],
    /** @internal */
    public readonly _publishes: boolean,
  ) {}
}
