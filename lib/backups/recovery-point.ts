import { Duration } from 'cdk8s';

/** Below it PostgreSQL would hand over files of log faster than a store in another place takes them. */
const LEAST = 20;

/**
 * After how long PostgreSQL hands over its log, so that it is in the repository in time: the last third is for the way there.
 *
 * @param recoveryPoint how old a message may be that is not in the repository yet.
 * @throws when it is too short to be kept, or no whole seconds.
 */
export function archiveTimeoutFor(recoveryPoint: Duration): Duration {
  const seconds = recoveryPoint.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < LEAST || seconds > 3600) {
    throw new Error(
      `recoveryPoint ${seconds} s cannot be kept: write whole seconds from ${LEAST} to 3600, such as Duration.seconds(60); ` +
        'for no loss at all, withoutLoss: true',
    );
  }
  return Duration.seconds(Math.floor((seconds * 2) / 3));
}
