import { Size } from 'cdk8s';
import { backupClaimSize, type ClaimContents } from '../../lib/backups/claim-size';

const DEFAULTS: ClaimContents = {
  storage: Size.gibibytes(50),
  onClaim: true,
  database: Size.gibibytes(20),
  media: Size.gibibytes(10),
};

it.each<[string, Partial<ClaimContents>, number]>([
  ['that running installations have', {}, 50],
  ['of the same size for less', { database: Size.gibibytes(2), media: Size.gibibytes(1) }, 50],
  ['of the same size with an off-site repository', { onClaim: false }, 50],
  ['that fits more media', { media: Size.gibibytes(11) }, 51],
  ['that fits a larger database', { database: Size.gibibytes(40) }, 90],
  ['that fits a larger database with an off-site repository', { onClaim: false, database: Size.gibibytes(60) }, 66],
  ['that fits media only', { database: undefined, media: Size.gibibytes(80) }, 80],
])('has a default %s', (_, props, gibibytes) => {
  expect(backupClaimSize({ ...DEFAULTS, storage: undefined, ...props }).toGibibytes()).toBe(gibibytes);
});

it.each<[string, Partial<ClaimContents>]>([
  ['of the default size', {}],
  [
    'with the repository of a small system',
    { storage: Size.gibibytes(5), database: Size.gibibytes(2), media: Size.gibibytes(1) },
  ],
  ['with an off-site repository', { onClaim: false, storage: Size.gibibytes(22) }],
  [
    'with an off-site repository, for a small database',
    { onClaim: false, storage: Size.gibibytes(3), database: Size.gibibytes(2) },
  ],
  ['for the media only', { database: undefined, storage: Size.gibibytes(10) }],
  ['with an off-site repository of media only', { database: undefined, onClaim: false, storage: Size.gibibytes(1) }],
])('accepts a claim %s', (_, props) => {
  expect(() => backupClaimSize({ ...DEFAULTS, ...props })).not.toThrow();
});

it.each<[string, Partial<ClaimContents>, string, string]>([
  [
    'the claim is smaller than by default',
    { storage: Size.mebibytes(50 * 1024 - 1) },
    'storage 51199Mi of the backups is too small for a database of 20Gi and media of 10Gi: ' +
      '20Gi for a base backup + 20Gi for two compressed backups and WAL + 10Gi for media is 50Gi',
    "Use at least parseSize('50Gi'), or an off-site repository",
  ],
  ['the database is larger than by default', { database: Size.mebibytes(20 * 1024 + 1) }, 'is 51202Mi', "'51202Mi'"],
  ['the media are larger than by default', { media: Size.gibibytes(11) }, '+ 11Gi for media is 51Gi', "'51Gi'"],
  [
    'the repository is off-site and WAL has no room',
    { onClaim: false, storage: Size.gibibytes(21) },
    'too small for a database of 20Gi: 20Gi for a base backup + 2Gi for WAL is 22Gi',
    "Use at least parseSize('22Gi')",
  ],
  [
    'WAL of a small database has less than 1Gi',
    { onClaim: false, storage: Size.gibibytes(2), database: Size.gibibytes(2) },
    '1Gi for WAL is 3Gi',
    "'3Gi'",
  ],
  [
    'the database is managed elsewhere and the media do not fit',
    { database: undefined, storage: Size.gibibytes(9) },
    'too small for media of 10Gi: 10Gi for media is 10Gi',
    "Use at least parseSize('10Gi'), or an off-site repository",
  ],
  [
    'only locks and metrics are on it and they do not fit',
    { database: undefined, onClaim: false, storage: Size.mebibytes(1023) },
    'storage 1023Mi of the backups is too small: 1Gi for locks and metrics is 1Gi',
    "Use at least parseSize('1Gi')",
  ],
])('fails when %s', (_, props, value, remedy) => {
  const check = () => backupClaimSize({ ...DEFAULTS, ...props });
  expect(check).toThrow(value);
  expect(check).toThrow(remedy);
});
