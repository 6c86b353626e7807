import type { IPeer } from '../../kubernetes/network/peer';
import type { ISecretKey } from '../../kubernetes/secret-key';

/**
 * A provider that people log in with, such as Keycloak. Its redirect address is
 * `<publicBaseUrl>/_synapse/client/oidc/callback`, that of its log-out `<publicBaseUrl>/_synapse/client/oidc/backchannel_logout`.
 *
 * @see https://element-hq.github.io/synapse/latest/openid.html
 */
export interface OidcProvider {
  /** Stands in the database beside every account that it brought: never change it. Clients know the provider as `oidc-<id>`. */
  readonly id: string;
  /** Name on the log-in button. */
  readonly name: string;
  /** `https://keycloak.example.org/realms/platform`; its metadata is fetched when Synapse starts, or by the first log-in after it can be. */
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
   * Jinja template of an e-mail address for a new account.
   *
   * @default - none: the address stays with the provider
   */
  readonly emailTemplate?: string;
  /**
   * Only members of one of these groups may log in. The provider must tell them as a list of names: in Keycloak by a
   * mapper 'Group Membership', added to userinfo, without 'full group path'. Who leaves a group stays logged in until
   * the provider ends the session.
   *
   * @default - everybody whom the provider knows
   */
  readonly allowedGroups?: string[];
  /** Claim with the list of groups. @default groups */
  readonly groupsClaim?: string;
  /**
   * Lets someone who logs in take over the account of the same name, whether an administrator's or not. Only where the
   * provider hands out those names alone. Otherwise Synapse puts a number behind a name that is taken.
   *
   * @default false
   */
  readonly allowExistingUsers?: boolean;
  /**
   * Makes an account for someone who has none. Without it they need one that is theirs already: by `allowExistingUsers`, or
   * linked through the admin API (`external_ids`).
   *
   * @default true
   */
  readonly allowNewUsers?: boolean;
  /**
   * Ends the Matrix session with the provider's. Keycloak tells of each session that it ends, but of one alone when an
   * administrator ends all of a person at once: end them one by one.
   *
   * @default true
   * @see https://github.com/keycloak/keycloak/issues/22914
   */
  readonly backchannelLogout?: boolean;
}
