import { Size } from 'cdk8s';
import { type ClaimContents, checkClaimSize } from '../../lib/backups/claim-size';
import { untyped } from '../support/backup-parts';

const DEFAULTS: ClaimContents = {
  storage: Size.gibibytes(50),
  onClaim: true,
  database: Size.gibibytes(20),
  media: Size.gibibytes(10),
};

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
  expect(() => checkClaimSize({ ...DEFAULTS, ...props })).not.toThrow();
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
  const check = () => checkClaimSize({ ...DEFAULTS, ...props });
  expect(check).toThrow(value);
  expect(check).toThrow(remedy);
});

it('fails when a size is given as text', () => {
  expect(() => checkClaimSize({ ...DEFAULTS, storage: untyped('50Gi') })).toThrow('"50Gi"');
});
