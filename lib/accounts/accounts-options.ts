/** What can be set for accounts. */
export interface AccountsOptions {
  /**
   * Local part of the first administrator, which UserService can use too. Everyone who knows it can keep the account from logging in, by wrong
   * passwords from anywhere: choose one that is hard to guess.
   *
   * @default matrix-admin
   */
  readonly adminUsername?: string;
  /**
   * Accounts without rate limits: of services that act for many people. Local parts or full IDs. The Job waits until they exist. One that is
   * taken out of the list later keeps what it has.
   *
   * @default - every account has the limits of homeserver.yaml
   * @see https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html#override-ratelimiting-for-users
   */
  readonly unlimited?: string[];
}
