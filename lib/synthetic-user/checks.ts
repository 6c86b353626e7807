import type { Duration } from 'cdk8s';
import type { Administrator, SyntheticUserContext } from './synthetic-user-context';

/**
 * Checks that the synthetic user's accounts can be made and can log in, and returns who makes them.
 *
 * @throws when users log in by other means than a password, or there is no administrator.
 */
export function checkedAdministrator({ homeserver, administrator }: SyntheticUserContext): Administrator {
  const { accountsBlockedBy } = homeserver;
  if (accountsBlockedBy) {
    throw new Error(
      `syntheticUser is set, but its accounts could not log in with a password, because the homeserver setting '${accountsBlockedBy}' was given: ` +
        'use syntheticUser: SyntheticUser.none(), and Probes.blackbox for what needs no login; or let passwords be on, which people ' +
        'who log in by OpenID Connect do not have',
    );
  }
  if (!administrator) {
    throw new Error(
      'syntheticUser is set, but there is no administrator to make its accounts and to remove its old messages: use accounts: Accounts.managed(), ' +
        'or syntheticUser: SyntheticUser.none()',
    );
  }
  return administrator;
}

/**
 * Checks the time between two rounds, and returns it in seconds.
 *
 * @throws when the alerts could not count on it, or it would load the server.
 */
export function checkedInterval(interval: Duration): number {
  const seconds = interval.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 10 || seconds > 60) {
    throw new Error(
      `interval of syntheticUser must be whole seconds from 10 to 60, got ${seconds} s: leave it out for a minute`,
    );
  }
  return seconds;
}
