/** What is said of accounts wherever a system is put together: in `MatrixAccounts`, and in `MatrixChart`, which passes it on. */
export interface AccountsOptions {
  /**
   * Local part of the first administrator, as whom UserService can log in too. Whoever knows it can keep the account from logging in by wrong
   * passwords from anywhere: choose one that nobody guesses.
   *
   * @default matrix-admin
   */
  readonly adminUsername?: string;
  /**
   * The platform's own accounts, which no rate limit holds up: of agencies, and of the administrator as whom UserService acts. Local parts or
   * full IDs. The Job waits until they are there. One that is taken out of the list later keeps what it has.
   *
   * @default - every account has the limits of homeserver.yaml
   * @see https://element-hq.github.io/synapse/latest/admin_api/user_admin_api.html#override-ratelimiting-for-users
   */
  readonly serviceAccounts?: string[];
}
