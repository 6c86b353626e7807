import type { IPeer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';

/**
 * An OpenID Connect provider that users log in with, such as Keycloak.
 *
 * The redirect URI of its client is `<publicBaseUrl>/_synapse/client/oidc/callback`; the backchannel logout URL is
 * `<publicBaseUrl>/_synapse/client/oidc/backchannel_logout`.
 *
 * @see https://element-hq.github.io/synapse/latest/openid.html
 */
export interface OidcProvider {
  /**
   * Permanent ID of the provider, such as `keycloak`. Clients know it as `oidc-<id>`.
   *
   * Never change it: the database has it beside every account of the provider.
   */
  readonly id: string;
  /** Name that the login page shows. */
  readonly name: string;
  /**
   * Issuer URL, such as `https://keycloak.example.org/realms/platform`.
   *
   * Synapse fetches its metadata at startup, or at the first login once the issuer is reachable.
   */
  readonly issuer: string;
  /** ID of Synapse's client at the provider. */
  readonly clientId: string;
  /** Secret of Synapse's client at the provider. */
  readonly clientSecret: ISecretKey;
  /**
   * The issuer, for the network policy.
   *
   * @default Peer.INTERNET
   */
  readonly peer?: IPeer;
  /**
   * Port of the pods of `peer`, where a Service maps the port in `issuer` to another, such as 443 to 8443.
   *
   * A network policy needs the pods' own port: `kubectl get endpointslices` shows it.
   *
   * @default - the port in `issuer`
   */
  readonly port?: number;
  /**
   * Accepts an issuer without TLS, for one in the same cluster.
   *
   * @default false
   */
  readonly allowPlainHttp?: boolean;
  /** Scopes that Synapse requests. @default ['openid', 'profile', 'email'] */
  readonly scopes?: string[];
  /**
   * Jinja template for the local part of a new user's ID.
   *
   * @default {{ user.preferred_username }}
   */
  readonly localpartTemplate?: string;
  /** Jinja template for a new user's display name. @default {{ user.name }} */
  readonly displayNameTemplate?: string;
  /**
   * Jinja template for a new user's e-mail address.
   *
   * @default - none: Synapse does not store the address
   */
  readonly emailTemplate?: string;
  /**
   * Groups whose members may log in.
   *
   * The provider must send them as a list of names: in Keycloak by a mapper 'Group Membership', added to userinfo,
   * without 'full group path'. Leaving the group does not end a session; the provider has to.
   *
   * @default - all users of the provider
   */
  readonly allowedGroups?: string[];
  /** Claim that lists the groups; only with `allowedGroups`. @default groups */
  readonly groupsClaim?: string;
  /**
   * Lets a user log in to an existing account of the same name, even an administrator's.
   *
   * Set it only where users cannot choose their names at the provider. Without it, Synapse appends a number to a name
   * that is taken.
   *
   * @default false
   */
  readonly allowExistingUsers?: boolean;
  /**
   * Creates an account for a user who has none.
   *
   * Without it, a user needs an account: one of the same name (`allowExistingUsers`), or one that the admin API has
   * linked (`external_ids`).
   *
   * @default true
   */
  readonly allowNewUsers?: boolean;
  /**
   * Ends the Matrix session when the provider ends its session.
   *
   * When an administrator ends all sessions of a user at once, Keycloak reports only one: end them one by one.
   *
   * @default true
   * @see https://github.com/keycloak/keycloak/issues/22914
   */
  readonly backchannelLogout?: boolean;
}
