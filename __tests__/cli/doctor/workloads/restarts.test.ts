import { judgeRestarts } from '../../../../cli/doctor/workloads/restarts';

const NOW = Date.parse('2026-01-31T12:00:00Z');
const POD = { metadata: { name: 'matrix-synapse-1', creationTimestamp: '' } };
const judged = (restartCount: number, reason: string, finishedAt: string) => {
  const lastState = { terminated: { reason, exitCode: 1, finishedAt } };
  const status = { name: 'synapse', image: '', ready: true, restartCount, lastState };
  return judgeRestarts(POD, status, (text) => text, NOW).map(({ verdict }) => verdict);
};

it.each([
  ['a few', 5, 'Error', '2026-01-31T11:00:00Z', []],
  ['many', 6, 'Error', '2026-01-31T11:00:00Z', ['warn']],
  ['many, long ago', 6, 'Error', '2026-01-29T11:00:00Z', []],
  ['one for its memory', 1, 'OOMKilled', '2026-01-31T11:00:00Z', ['fail']],
  ['one for its memory, long ago', 1, 'OOMKilled', '2026-01-29T11:00:00Z', []],
])('judges %s', (_, count, reason, time, verdicts) => expect(judged(count, reason, time)).toEqual(verdicts));
