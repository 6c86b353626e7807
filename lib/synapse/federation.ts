import type { HomeserverSettings, ListenerResourceSettings } from '../../imports/homeserver';
import { Peer } from '../kubernetes/peer';
import type { Traffic } from '../kubernetes/traffic';
import { checkServerName } from './server-name';

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
      checkServerName(name);
    }
    return new Federation(serverNames);
  }

  private constructor(private readonly allowed: string[] | undefined) {}

  /** Whether there is any. */
  public get enabled(): boolean {
    return this.allowed?.length !== 0;
  }

  /** Resources of the listener. `federation` brings keys, media and openid along. */
  public get resources(): ListenerResourceSettings['names'] {
    return [this.enabled ? 'federation' : 'openid'];
  }

  /** Other servers are found at public addresses alone. They come in through what is declared by `allowFederationFrom`. */
  public declareTraffic(synapse: Traffic): void {
    if (this.enabled) {
      synapse.allowTo(Peer.INTERNET, 'federation');
    }
  }

  /** @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_domain_whitelist */
  public get settings(): HomeserverSettings {
    return {
      ...(this.allowed ? { federation_domain_whitelist: this.allowed } : {}),
      // Keys are asked from their own servers; a third one would learn with whom we speak.
      trusted_key_servers: [],
    };
  }
}
