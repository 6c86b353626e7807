import { judgeDrill } from '../../../../cli/doctor/backups/drill';
import { Metrics } from '../../../../cli/doctor/facts/metrics';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const daysAgo = (days: number) => `matrix_drill_last_success_timestamp_seconds ${NOW / 1000 - days * 86_400}\n`;
const settings = { recoveryPointObjective: 60, jobs: { drill: { cronJob: 'drill', maximumAge: 8 * 86_400 } } };
const judged = (text: string, failed?: string, told?: string) =>
  judgeDrill({ metrics: new Metrics(text), settings }, failed, told, NOW, { run: 'run', read: 'read' });

it.each([
  [daysAgo(3), undefined, 'ok', /3 days ago/],
  [daysAgo(9), undefined, 'fail', /9 days ago, which is too long/],
  [daysAgo(3), 'drill-1', 'fail', /the last restore drill failed: Job drill-1/],
  ['matrix_backup_problem{part="drill"} 0\n', undefined, 'warn', /no restore drill has succeeded yet/],
  ['matrix_backup_problem{part="drill"} 1\n', undefined, 'fail', /no restore drill has succeeded yet/],
])('judges %j with the failure of %s: %s', (text, failed, verdict, says) => {
  expect(judged(text, failed)).toMatchObject({ verdict, says: expect.stringMatching(says) });
});

it('repeats what the last drill said', () => {
  expect(judged(daysAgo(1), undefined, 'restored in 26 s').says).toBe('restored in 26 s');
});
