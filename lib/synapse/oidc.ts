import type { HomeserverSettings } from '../../imports/homeserver';
import { type IPeer, Peer } from '../kubernetes/peer';
import { checkedSecretKey, type ISecretKey } from '../kubernetes/secret-key';
import type { Traffic } from '../kubernetes/traffic';

/**
 * A provider that people log in with, such as Keycloak. Its redirect address is
 * `<publicBaseUrl>/_synapse/client/oidc/callback`, that of its log-out `<publicBaseUrl>/_synapse/client/oidc/backchannel_logout`.
 *
 * @see https://element-hq.github.io/synapse/latest/openid.html
 */
export interface OidcProvider {
  /** Stands in the database beside every account that it brought: never change it. */
  readonly id: string;
  /** Name on the log-in button. */
  readonly name: string;
  /** `https://keycloak.example.org/realms/platform`; its metadata is fetched at the first log-in. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: ISecretKey;
  /**
   * Where the issuer is, for the network policy.
   *
   * @default Peer.INTERNET
   */
  readonly peer?: IPeer;
  /**
   * Accepts an issuer without TLS, as within a cluster.
   *
   * @default false
   */
  readonly allowPlainHttp?: boolean;
  /** @default ['openid', 'profile', 'email'] */
  readonly scopes?: string[];
  /**
   * Jinja template of the local part of a new user's ID.
   *
   * @default {{ user.preferred_username }}
   */
  readonly localpartTemplate?: string;
  /** @default {{ user.name }} */
  readonly displayNameTemplate?: string;
  /**
   * Lets someone who logs in take over the account of the same name. Only where the provider hands out those names alone.
   *
   * @default false
   */
  readonly allowExistingUsers?: boolean;
  /** @default true */
  readonly backchannelLogout?: boolean;
}

/** File of a provider's client secret, in the folder of secrets. */
export function oidcSecretFile(provider: OidcProvider): string {
  return `oidc-${provider.id}`;
}

/** Fails on what Synapse would refuse, or accept and never use. */
export function checkOidcProviders(providers: OidcProvider[]): void {
  for (const provider of providers) {
    if (!/^[a-z0-9][a-z0-9._~-]{0,59}$/.test(provider.id)) {
      throw new Error(
        `id '${provider.id}' of an OIDC provider cannot be used: write lower-case letters, digits and '-', such as keycloak`,
      );
    }
    if (providers.filter((other) => other.id === provider.id).length > 1) {
      throw new Error(`two OIDC providers have the id '${provider.id}': give each its own`);
    }
    if (
      !/^https?:\/\/[^\s/]+/.test(provider.issuer) ||
      !URL.canParse(provider.issuer) ||
      (provider.issuer.startsWith('http:') && !provider.allowPlainHttp)
    ) {
      throw new Error(
        `issuer '${provider.issuer}' of OIDC provider '${provider.id}' must begin with https://; within a cluster set allowPlainHttp: true for http://`,
      );
    }
    checkedSecretKey(provider.clientSecret, `clientSecret of OIDC provider '${provider.id}'`);
  }
}

/** Opens the way from Synapse to each provider. */
export function declareOidcTraffic(synapse: Traffic, providers: OidcProvider[]): void {
  for (const { id, issuer, peer } of providers) {
    const { port, protocol } = new URL(issuer);
    synapse.allowTo(peer ?? Peer.INTERNET, `log-in by ${id}`, {
      name: id,
      number: Number(port) || (protocol === 'http:' ? 80 : 443),
    });
  }
}

/** The providers for homeserver.yaml. */
export function oidcSettings(providers: OidcProvider[], secrets: string): HomeserverSettings {
  if (providers.length === 0) {
    return {};
  }
  return {
    oidc_providers: providers.map((provider) => ({
      idp_id: provider.id,
      idp_name: provider.name,
      issuer: provider.issuer,
      ...(provider.issuer.startsWith('http:') ? { skip_verification: true } : {}),
      client_id: provider.clientId,
      client_secret_path: `${secrets}/${oidcSecretFile(provider)}`,
      // Without it a missing secret would silently make a public client.
      client_auth_method: 'client_secret_basic',
      scopes: provider.scopes ?? ['openid', 'profile', 'email'],
      user_profile_method: 'userinfo_endpoint',
      backchannel_logout_enabled: provider.backchannelLogout ?? true,
      allow_existing_users: provider.allowExistingUsers ?? false,
      user_mapping_provider: {
        config: {
          localpart_template: provider.localpartTemplate ?? '{{ user.preferred_username }}',
          display_name_template: provider.displayNameTemplate ?? '{{ user.name }}',
        },
      },
    })),
  };
}
