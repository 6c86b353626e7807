import type { HomeserverSettings, ListenerResourceSettings } from '../../../imports/homeserver';
import { prefixLength } from '../../addresses/cidr';
import { isPort } from '../../addresses/port';
import { checkServerName } from '../../addresses/server-name';
import { type IPeer, Peer } from '../../kubernetes/network/peer';
import type { Traffic } from '../../kubernetes/network/traffic';

/** Where other servers are that the internet does not lead to: in the cluster, or in a private network. */
export interface PrivateNetwork {
  /** Range of the addresses that their names stand for, such as `10.1.2.3/32`; of a Service its own. */
  readonly addresses: string;
  /** Who listens there: within the cluster the pods behind the Service, which policies do not know. @default - the addresses */
  readonly peer?: IPeer;
  /** The one port; of pods their own, not the Service's. @default - every port, as other servers choose theirs */
  readonly port?: number;
}

/** With which other servers this one exchanges rooms. */
export class Federation {
  /** With every server that asks. */
  public static readonly OPEN = new Federation(undefined);

  /** With none. The token service of calls can still check OpenID tokens at the federation port. */
  public static readonly CLOSED = new Federation([]);

  /**
   * With these servers and no other.
   *
   * @param serverNames names as in user IDs, such as `example.org`.
   * @throws when there is none, or one is no server name.
   */
  public static allowList(...serverNames: string[]): Federation {
    if (serverNames.length === 0) {
      throw new Error('Federation.allowList() allows nobody: name a server, or write Federation.CLOSED');
    }
    for (const name of serverNames) {
      // Theirs, which they may have bound to an address.
      checkServerName(name, true, 'a name in Federation.allowList');
    }
    return new Federation(serverNames);
  }

  private constructor(
    private readonly allowed: string[] | undefined,
    private readonly places: PrivateNetwork[] = [],
  ) {}

  /**
   * The same, and at private addresses as well. Everywhere else in a private network other servers are not looked for: their names stand for
   * whatever their owners like, and would lead strangers to your neighbours.
   *
   * @throws when it is closed, or the place is no range or port, or wider than any private network.
   */
  public withPrivateNetwork(place: PrivateNetwork): Federation {
    const { addresses, port } = place;
    if (!this.enabled) {
      throw new Error(
        `Federation.CLOSED speaks with nobody, nor at '${addresses}': begin with Federation.allowList('…')`,
      );
    }
    Peer.addresses(addresses);
    if ((prefixLength(addresses) ?? 0) < 7) {
      throw new Error(
        `'${addresses}' is wider than any private network: write what the servers' names stand for, such as 10.1.2.3/32`,
      );
    }
    if (port !== undefined && !isPort(port)) {
      throw new Error(
        `port ${port} of the servers at '${addresses}' is none: write 1 to 65535, or leave it out for every port`,
      );
    }
    return new Federation(this.allowed, [...this.places, place]);
  }

  /** Whether there is any. */
  public get enabled(): boolean {
    return this.allowed?.length !== 0;
  }

  /**
   * Resources of the listener. `federation` brings keys, media and openid along.
   *
   * @internal
   */
  public get _resources(): ListenerResourceSettings['names'] {
    return [this.enabled ? 'federation' : 'openid'];
  }

  /**
   * Opens the way to where other servers are found. They come in by the edge.
   *
   * @internal
   */
  public _declareTraffic(synapse: Traffic): void {
    for (const { addresses, peer, port } of this.places) {
      const ports = port === undefined ? [] : [{ name: 'federation', number: port }];
      synapse.allowTo(peer ?? Peer.addresses(addresses), 'federation', ...ports);
    }
    if (this.enabled) {
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
      // Keys are asked from their own servers; a third one would learn with whom we speak.
      trusted_key_servers: [],
    };
  }
}
