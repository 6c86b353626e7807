import { changes } from '../../../cli/adopt/changes';
import { ORIGINAL } from './found';

it('lists what the original has and this project does not', () => {
  expect(changes(ORIGINAL)).toEqual([
    expect.stringContaining('the data is in SQLite'),
    expect.stringContaining('registration is open'),
    expect.stringContaining('Federation.OPEN } keeps it so'),
    expect.stringContaining('postgres:15-alpine becomes PostgreSQL 17'),
    expect.stringContaining('node port 30292'),
    'CronJob matrix-backup-cronjob-github has no successor: delete it',
    'claims stay with their data: matrix-synapse-data, matrix-postgres-pvc',
  ]);
});

it('says only what stays where there is nothing to change', () => {
  const nothing = { namespace: 'here', settings: {}, workloads: [], claims: [], services: [], cronJobs: [] };
  expect(changes(nothing)).toEqual(['claims stay with their data: there are none']);
});
