import { Duration, Size } from 'cdk8s';
import { BackupRepository, type MatrixChartProps } from '../lib';
import { checkNothingIsInVain } from '../lib/matrix-chart-checks';
import { external } from './support/parts';
import { DEFAULT } from './support/systems';

const check = (props: Partial<MatrixChartProps>) => () => checkNothingIsInVain({ ...DEFAULT, ...props });

it('lets parts be left out', () => {
  expect(check({})).not.toThrow();
  expect(check({ postgres: external(), withDiscovery: false })).not.toThrow();
  expect(check({ withBackups: false, withoutLoss: false, backupSchedule: undefined })).not.toThrow();
});

it.each<[string, Partial<MatrixChartProps>, string]>([
  ['databaseStorage', { postgres: external(), databaseStorage: Size.gibibytes(1) }, 'managed elsewhere'],
  ['withoutLoss', { postgres: external(), withoutLoss: true }, 'its backups are its own'],
  ['recoveryPoint', { withBackups: false, recoveryPoint: Duration.seconds(30) }, 'withBackups is false'],
  ['backupRepository', { withBackups: false, backupRepository: BackupRepository.claim() }, 'withBackups is false'],
  ['keepDaily', { withBackups: false, keepDaily: 0 }, 'withBackups is false'],
  ['supportPage', { withDiscovery: false, supportPage: 'https://example.org' }, 'withDiscovery is false'],
])('fails when %s would be for nothing', (prop, props, why) => {
  expect(check(props)).toThrow(new RegExp(`^${prop} is given, but .*${why}`));
});
