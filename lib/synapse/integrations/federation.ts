import type { HomeserverSettings, ListenerResourceSettings } from '../../../imports/homeserver';
import { prefixLength } from '../../addresses/cidr';
import { isPort } from '../../addresses/port';
import { checkServerName } from '../../addresses/server-name';
import { checked } from '../../kubernetes/checks/checked';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import type { Traffic } from '../../kubernetes/network/traffic';
import { checkFederationAddress, type FederationAddress } from './federation-address';

/** Location of other servers that are not on the internet: in the cluster, or in a private network. */
export interface PrivateNetwork {
  /** Address range that the servers' names resolve to, such as `10.1.2.3/32`; for a Service, its cluster IP. */
  readonly addresses: string;
  /**
   * The servers, for the network policy.
   *
   * Use the pods behind the Service for servers in the cluster, because policies do not know a Service's address.
   *
   * @default - the addresses
   */
  readonly peer?: IPeer;
  /** Port of the servers; for pods, the pods' port and not the Service's. @default - every port */
  readonly port?: number;
}

/** The other servers that this one shares rooms with. */
@checked
export class Federation {
  /** All servers. */
  public static readonly OPEN = new Federation(undefined);

  /** No other servers. The token service for calls can still check OpenID tokens at the federation port. */
  public static readonly CLOSED = new Federation([]);

  /**
   * Only these servers.
   *
   * @param serverNames names as in user IDs, such as `example.org`.
   * @throws when the list is empty, or one is not a valid server name.
   */
  public static allowList(...serverNames: string[]): Federation {
    if (serverNames.length === 0) {
      throw new Error('Federation.allowList() needs at least one server name: add one, or use Federation.CLOSED');
    }
    for (const name of serverNames) {
      // The name of another server may be an IP address.
      checkServerName(name, true, 'a name in Federation.allowList');
    }
    return new Federation(serverNames);
  }

  private constructor(
    private readonly allowed: string[] | undefined,
    private readonly places: PrivateNetwork[] = [],
  ) {}

  /**
   * The same servers, at private addresses as well.
   *
   * Synapse never connects to any other private address: other servers choose what their names resolve to, and could
   * otherwise direct its requests at your internal services.
   *
   * @throws when federation is closed, the range or port is not valid, or the range is wider than any private network.
   */
  public withPrivateNetwork(place: PrivateNetwork): Federation {
    const { addresses, port } = place;
    if (!this.enabled) {
      throw new Error(
        `Federation.CLOSED has no servers to look for at '${addresses}': use Federation.allowList('…') or Federation.OPEN`,
      );
    }
    Peer.addresses(addresses);
    if ((prefixLength(addresses) ?? 0) < 7) {
      throw new Error(
        `addresses '${addresses}' of Federation.withPrivateNetwork is wider than any private network: ` +
          "use the range that the servers' names resolve to, such as 10.1.2.3/32",
      );
    }
    if (port !== undefined && !isPort(port)) {
      throw new Error(
        `port ${port} of the servers at '${addresses}' is not a valid port: use 1 to 65535, or leave it out for every port`,
      );
    }
    return new Federation(this.allowed, [...this.places, place]);
  }

  /** Whether this server federates at all. */
  public get enabled(): boolean {
    return this.allowed?.length !== 0;
  }

  /**
   * Resources of the listener. `federation` includes keys, media and openid.
   *
   * @internal
   */
  public get _resources(): ListenerResourceSettings['names'] {
    return [this.enabled ? 'federation' : 'openid'];
  }

  /**
   * Allows Synapse to connect to other servers. The edge handles connections from them.
   *
   * @throws when they would connect elsewhere.
   * @internal
   */
  public _declareTraffic(synapse: Traffic, system: FederationAddress): void {
    for (const { addresses, peer, port } of this.places) {
      const ports = port === undefined ? [] : [{ name: 'federation', number: port }];
      synapse.allowTo(peer ?? Peer.addresses(addresses), 'federation', ...ports);
    }
    if (this.enabled) {
      checkFederationAddress(system);
      synapse.allowTo(Peer.INTERNET, 'federation');
    }
  }

  /**
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_domain_whitelist
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#ip_range_whitelist
   * @internal
   */
  public get _settings(): HomeserverSettings {
    return {
      ...(this.allowed ? { federation_domain_whitelist: this.allowed } : {}),
      // Synapse itself refuses private addresses; these are the exceptions.
      ...(this.places.length > 0 ? { ip_range_whitelist: this.places.map(({ addresses }) => addresses) } : {}),
      // Each server is asked for its own keys: a third server would learn which servers federate with this one.
      trusted_key_servers: [],
    };
  }
}
