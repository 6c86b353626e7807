import { judgeUpdates } from '../../../../cli/doctor/data/updates';

it.each([
  [[3], 'ok'],
  [[3, 2], 'warn'],
  [[1], 'warn'],
  [[0], 'warn'],
  [[3, -1], 'fail'],
  [[], 'unknown'],
])('judges the status %j: %s', (found, verdict) => expect(judgeUpdates(found)[0].verdict).toBe(verdict));
