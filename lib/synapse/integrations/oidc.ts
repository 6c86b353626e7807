import type { HomeserverSettings } from '../../../imports/homeserver';
import { portOfUrl } from '../../addresses/port';
import { Peer } from '../../kubernetes/network/peer';
import { openedPort } from '../../kubernetes/network/peer-port';
import { checkReachable } from '../../kubernetes/network/private-address';
import type { Traffic } from '../../kubernetes/network/traffic';
import { checkedSecretKey } from '../../kubernetes/secret-key';
import type { OidcProvider } from './oidc-provider';

/** File of a provider's client secret, in the secrets folder. */
export function oidcSecretFile(provider: OidcProvider): string {
  return `oidc-${provider.id}`;
}

/**
 * Checks the providers.
 *
 * @throws when an ID is not valid or used twice, an issuer has no TLS or cannot be reached, or groups are incomplete.
 */
export function checkOidcProviders(providers: OidcProvider[]): void {
  for (const provider of providers) {
    if (!/^[a-z0-9][a-z0-9._~-]{0,59}$/.test(provider.id)) {
      throw new Error(
        `id '${provider.id}' in oidcProviders is not valid: use lower-case letters, digits and '-', such as keycloak`,
      );
    }
    if (providers.filter((other) => other.id === provider.id).length > 1) {
      throw new Error(`id '${provider.id}' is used twice in oidcProviders: give each its own`);
    }
    if (
      !/^https?:\/\/[^\s/]+/.test(provider.issuer) ||
      !URL.canParse(provider.issuer) ||
      (provider.issuer.startsWith('http:') && !provider.allowPlainHttp)
    ) {
      throw new Error(
        `issuer '${provider.issuer}' of OIDC provider '${provider.id}' is not a valid https:// URL: ` +
          'use one that begins with https://, or set allowPlainHttp: true for http:// within a cluster',
      );
    }
    checkReachable(
      `issuer of OIDC provider '${provider.id}'`,
      provider.issuer,
      provider.peer,
      "Peer.pods({ app: 'keycloak' }, 'keycloak')",
    );
    portOf(provider);
    checkedSecretKey(provider.clientSecret, `clientSecret of OIDC provider '${provider.id}'`);
    checkGroups(provider);
  }
}

function checkGroups({ id, allowedGroups, groupsClaim }: OidcProvider): void {
  if (allowedGroups && (allowedGroups.length === 0 || allowedGroups.some((group) => !group.trim()))) {
    throw new Error(
      `allowedGroups of OIDC provider '${id}' is ${JSON.stringify(allowedGroups)}, which has no group or an empty name: ` +
        'name at least one group, or leave it out for all users',
    );
  }
  if (groupsClaim !== undefined && !allowedGroups) {
    throw new Error(
      `groupsClaim of OIDC provider '${id}' is '${groupsClaim}', but allowedGroups is not set: set allowedGroups as well`,
    );
  }
}

/** Allows Synapse to connect to each provider. */
export function declareOidcTraffic(synapse: Traffic, providers: OidcProvider[]): void {
  for (const provider of providers) {
    const { id, peer = Peer.INTERNET } = provider;
    synapse.allowTo(peer, `login by ${id}`, { name: id, number: portOf(provider) });
  }
}

function portOf({ id, issuer, peer, port }: OidcProvider): number {
  const addressPort = portOfUrl(new URL(issuer));
  return openedPort(`port of OIDC provider '${id}'`, { addressPort, port, peer });
}

/** The settings of the providers for homeserver.yaml. */
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
      // Without this setting, a missing secret would silently make Synapse a public client.
      client_auth_method: 'client_secret_basic',
      scopes: provider.scopes ?? ['openid', 'profile', 'email'],
      user_profile_method: 'userinfo_endpoint',
      backchannel_logout_enabled: provider.backchannelLogout ?? true,
      allow_existing_users: provider.allowExistingUsers ?? false,
      ...(provider.allowNewUsers === false ? { enable_registration: false } : {}),
      ...(provider.allowedGroups
        ? { attribute_requirements: [{ attribute: provider.groupsClaim ?? 'groups', one_of: provider.allowedGroups }] }
        : {}),
      user_mapping_provider: {
        config: {
          localpart_template: provider.localpartTemplate ?? '{{ user.preferred_username }}',
          display_name_template: provider.displayNameTemplate ?? '{{ user.name }}',
          ...(provider.emailTemplate ? { email_template: provider.emailTemplate } : {}),
        },
      },
    })),
  };
}
