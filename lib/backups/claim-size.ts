import { Size } from 'cdk8s';
import { formatSize } from '../kubernetes/checks/quantities';

/** What a claim for backups has to hold. */
export interface ClaimContents {
  /** Size of the claim. */
  readonly storage: Size;
  /** Whether the sets lie on it too. */
  readonly onClaim: boolean;
  /** Size of the database's claim. */
  readonly database: Size;
  /** Size of the claim with the media. */
  readonly media: Size;
}

/**
 * Checks that a claim for backups holds what comes onto it when database and media have filled their own claims.
 *
 * With the sets on the claim that is a plain copy of the database while a set is made; two sets, which compression makes at most
 * half as large, the log among them, of which it leaves far less; and the media, which all sets share. With the sets
 * elsewhere it is the log until it is sent, taken for a tenth of the database, and the plain copy.
 *
 * @throws when it is too small: the first backup after the database has grown would fail.
 */
export function checkClaimSize({ storage, onClaim, database, media }: ClaimContents): void {
  // Says what is no Size.
  [storage, database, media].forEach(formatSize);
  const parts: { [what: string]: Size } = onClaim
    ? { 'a copy of the database': database, 'two compressed sets and log': database, media }
    : { 'a copy of the database': database, log: tenthOf(database) };
  const needed = Object.values(parts).reduce((sum, part) => Size.mebibytes(sum.toMebibytes() + part.toMebibytes()));
  if (storage.toMebibytes() < needed.toMebibytes()) {
    const sum = Object.entries(parts).map(([what, size]) => `${formatSize(size)} for ${what}`);
    throw new Error(
      `storage ${formatSize(storage)} of the backups is too small for a database of ${formatSize(database)}` +
        `${onClaim ? ` and media of ${formatSize(media)}` : ''}: ${sum.join(' + ')} is ${formatSize(needed)}. ` +
        `Write at least parseSize('${formatSize(needed)}')${onClaim ? ', or put the repository elsewhere' : ''}`,
    );
  }
}

/** At least as much as a burst of writing leaves within minutes. */
function tenthOf(database: Size): Size {
  return Size.mebibytes(Math.max(1024, Math.ceil(database.toMebibytes() / 10)));
}
