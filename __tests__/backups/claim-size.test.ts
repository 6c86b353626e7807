import { Size } from 'cdk8s';
import { type ClaimContents, checkClaimSize } from '../../lib/backups/claim-size';
import { untyped } from '../support/parts';

const DEFAULTS: ClaimContents = {
  storage: Size.gibibytes(50),
  onClaim: true,
  database: Size.gibibytes(20),
  media: Size.gibibytes(10),
};

it.each<[string, Partial<ClaimContents>]>([
  ['of the default size', {}],
  [
    'with sets of a small system',
    { storage: Size.gibibytes(5), database: Size.gibibytes(2), media: Size.gibibytes(1) },
  ],
  ['without sets', { onClaim: false, storage: Size.gibibytes(22) }],
  ['without sets, for a small database', { onClaim: false, storage: Size.gibibytes(3), database: Size.gibibytes(2) }],
])('takes a claim %s', (_, props) => {
  expect(() => checkClaimSize({ ...DEFAULTS, ...props })).not.toThrow();
});

it.each<[string, Partial<ClaimContents>, string, string]>([
  [
    'the claim is smaller than by default',
    { storage: Size.mebibytes(50 * 1024 - 1) },
    'storage 51199Mi of the backups is too small for a database of 20Gi and media of 10Gi: ' +
      '20Gi for a copy of the database + 20Gi for two compressed sets and log + 10Gi for media is 50Gi',
    "Write at least parseSize('50Gi'), or put the repository elsewhere",
  ],
  ['the database is larger than by default', { database: Size.mebibytes(20 * 1024 + 1) }, 'is 51202Mi', "'51202Mi'"],
  ['the media are larger than by default', { media: Size.gibibytes(11) }, '+ 11Gi for media is 51Gi', "'51Gi'"],
  [
    'the sets are elsewhere and the log has no room',
    { onClaim: false, storage: Size.gibibytes(21) },
    'too small for a database of 20Gi: 20Gi for a copy of the database + 2Gi for log is 22Gi',
    "Write at least parseSize('22Gi')",
  ],
  [
    'the log of a small database has less than 1Gi',
    { onClaim: false, storage: Size.gibibytes(2), database: Size.gibibytes(2) },
    '1Gi for log is 3Gi',
    "'3Gi'",
  ],
])('fails when %s', (_, props, value, remedy) => {
  const check = () => checkClaimSize({ ...DEFAULTS, ...props });
  expect(check).toThrow(value);
  expect(check).toThrow(remedy);
});

it('fails when a size is given as text', () => {
  expect(() => checkClaimSize({ ...DEFAULTS, storage: untyped('50Gi') })).toThrow('"50Gi" is no Size');
});
