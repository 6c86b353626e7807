import type { Resources } from '../kubernetes/workloads/resources';

/** Options of accounts. */
export interface AccountsOptions {
  /**
   * Local part of the first administrator, which UserService can use too.
   *
   * Choose a name that is hard to guess: any client that knows it can block the account's logins with wrong passwords.
   *
   * @default matrix-admin
   */
  readonly adminUsername?: string;
  /**
   * Accounts without rate limits, for services that act for many people, as local parts or full IDs.
   *
   * The Job waits until the accounts exist. An account that is removed from the list later stays without rate limits.
   *
   * @default - every account has the limits of homeserver.yaml
   * @see https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html#override-ratelimiting-for-users
   */
  readonly unlimited?: string[];
  /** Requests and limits of the Job. @default - 10m CPU, 32Mi memory with a limit of 128Mi */
  readonly resources?: Resources;
}
