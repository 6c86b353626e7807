import { judgeBackup, judgeForeign } from '../../../../cli/doctor/backups/last-backup';
import { Metrics } from '../../../../cli/doctor/facts/metrics';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const hoursAgo = (hours: number) => `matrix_backup_last_success_timestamp_seconds ${NOW / 1000 - hours * 3600}\n`;
const settings = { recoveryPointObjective: 60, jobs: { backup: { cronJob: 'matrix-backup', maximumAge: 27 * 3600 } } };
const judged = (text: string, failed?: string) =>
  judgeBackup({ metrics: new Metrics(text), settings }, failed, NOW, 'run', (command) => command);

it.each([
  [hoursAgo(10), 'ok', /10 hours ago/],
  [hoursAgo(50), 'fail', /2 days ago, which is too long/],
  ['matrix_backup_problem{part="backup"} 0\n', 'warn', /no backup has been made yet$/],
  ['matrix_backup_problem{part="backup"} 1\n', 'fail', /no backup has been made yet, which is too long/],
])('judges %j: %s', (text, verdict, says) => {
  expect(judged(text)).toEqual([expect.objectContaining({ verdict, says: expect.stringMatching(says) })]);
});

it('names a run that failed, although an earlier backup is recent', () => {
  expect(judged(hoursAgo(1), 'now').map(({ verdict }) => verdict)).toEqual(['ok', 'warn']);
});

describe('without the backups of this project', () => {
  const cronJob = (name: string, lastSuccessfulTime?: string) => ({
    kind: 'CronJob',
    metadata: { name, creationTimestamp: '' },
    spec: { jobTemplate: { spec: { template: { spec: { containers: [] } } } } },
    status: { lastSuccessfulTime },
  });

  it('fails where there are none', () => {
    expect(judgeForeign([cronJob('matrix-keycloak-sync')], NOW)).toMatchObject({ verdict: 'fail' });
  });

  it('tells what it finds', () => {
    const found = judgeForeign([cronJob('matrix-backup-cronjob-github', '2026-01-31T02:00:00Z')], NOW);
    expect(found.says).toMatch(/^CronJob matrix-backup-cronjob-github last ended well 10 hours ago; nothing checks/);
  });
});
