import { judgeRecoveryPoint } from '../../../../cli/doctor/backups/recovery-point';
import { Metrics } from '../../../../cli/doctor/facts/metrics';

const settings = { recoveryPointObjective: 60, jobs: {} };
const judged = (text: string) =>
  judgeRecoveryPoint({ metrics: new Metrics(text), settings }, 'look').map(({ verdict }) => verdict);
const wal = (worst: number, waiting: number) =>
  `matrix_log_recovery_point_seconds ${worst}\nmatrix_log_unshipped_seconds ${waiting}\n`;

it.each([
  [wal(44, 3), ['ok']],
  [wal(300, 3), ['warn']],
  [wal(300, 300), ['fail']],
  // A managed database.
  ['', []],
])('judges %j: %j', (text, verdicts) => expect(judged(text)).toEqual(verdicts));
