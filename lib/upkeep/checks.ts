import type { Duration } from 'cdk8s';
import type { Administrator } from '../synthetic-user';
import type { UpkeepContext } from './upkeep-context';

/**
 * Checks that upkeep can log in, and returns its account.
 *
 * @throws when no administrator account is managed, or logins with passwords are off.
 */
export function checkedAdministrator({ homeserver, administrator }: UpkeepContext): Administrator {
  if (!administrator || homeserver.accountsBlockedBy) {
    const why = homeserver.accountsBlockedBy
      ? `it could not log in with a password, because the homeserver setting '${homeserver.accountsBlockedBy}' was given`
      : 'no administrator account is managed';
    throw new Error(
      `upkeep is set, but ${why}: use accounts: Accounts.managed() with logins by password, or upkeep: Upkeep.none()`,
    );
  }
  return administrator;
}

/**
 * Checks how long a room stays, and returns it in seconds.
 *
 * @throws when it is less than a day: people may only have left to come back.
 */
export function checkedAge(age: Duration): number {
  const days = age.toDays({ integral: false });
  if (days < 1) {
    throw new Error(
      `abandonedRoomsAfter of upkeep must be at least a day, got ${days} days: use a duration such as Duration.days(90)`,
    );
  }
  return age.toSeconds();
}
