import { Size } from 'cdk8s';
import { formatSize } from '../kubernetes/checks/quantities';

/** Sizes that decide how large a claim for backups must be. */
export interface ClaimContents {
  /** Size of the claim. @default - 50Gi, or more where its content needs more */
  readonly storage?: Size;
  /** Whether the repository is on it. */
  readonly onClaim: boolean;
  /** Size of the database's claim. @default - the database is not backed up here */
  readonly database?: Size;
  /** Size of the claim with the media. @default - they are in a bucket, and no longer backed up once it has all of them */
  readonly media?: Size;
}

/** Default of running installations, below which it never falls: a claim cannot shrink. */
const LEAST = Size.gibibytes(50);

/**
 * Returns the size of the claim for backups, which is large enough when the claims of database and media are full.
 *
 * A base backup is on the claim uncompressed while a backup is made. With the repository on the claim, it also holds
 * two backups with their WAL, compressed to half or less, and the media, which all backups share. With an off-site
 * repository it holds only WAL that is not uploaded yet, estimated at a tenth of the database. Locks, metrics and
 * Secrets are small.
 *
 * @throws when it is too small: the first backup after the data has grown would fail.
 */
export function backupClaimSize({ storage, onClaim, database, media }: ClaimContents): Size {
  // Fails when one is not a Size.
  [media, storage].filter((size) => size !== undefined).forEach(formatSize);
  const parts = database ? databaseParts(database, onClaim) : {};
  const all = Object.entries(
    onClaim ? { ...parts, ...(media ? { media } : {}) } : database ? parts : { 'locks and metrics': Size.gibibytes(1) },
  );
  const needed = Size.mebibytes(all.reduce((sum, [, size]) => sum + size.toMebibytes(), 0));
  if (storage === undefined) {
    return needed.toMebibytes() > LEAST.toMebibytes() ? needed : LEAST;
  }
  if (storage.toMebibytes() < needed.toMebibytes()) {
    const data = [
      ...(database ? [['a database', database] as const] : []),
      ...(onClaim && media ? [['media', media] as const] : []),
    ];
    const of = data.map(([what, size]) => `${what} of ${formatSize(size)}`).join(' and ');
    const sum = all.map(([what, size]) => `${formatSize(size)} for ${what}`).join(' + ');
    throw new Error(
      `storage ${formatSize(storage)} of the backups is too small${of && ` for ${of}`}: ${sum} is ${formatSize(needed)}. ` +
        `Use at least parseSize('${formatSize(needed)}')${onClaim ? ', or an off-site repository' : ''}; without storage, the claim gets what it needs`,
    );
  }
  return storage;
}

function databaseParts(database: Size, onClaim: boolean): { [what: string]: Size } {
  // A burst of writes leaves this much within minutes.
  const wal = Size.mebibytes(Math.max(1024, Math.ceil(database.toMebibytes() / 10)));
  return { 'a base backup': database, ...(onClaim ? { 'two compressed backups and WAL': database } : { WAL: wal }) };
}
