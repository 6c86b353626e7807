import { judgeJob } from '../../../../cli/doctor/workloads/jobs';

const job = (type: string) => ({
  kind: 'Job',
  metadata: { name: 'matrix-accounts-1', creationTimestamp: '' },
  spec: { template: { spec: { containers: [] } } },
  status: { conditions: [{ type, status: 'True' }] },
});

it.each([
  ['Complete', []],
  ['Failed', ['Job matrix-accounts-1 failed']],
])('of a Job that is %s', (type, says) => {
  expect(judgeJob(job(type), (text) => text).map((found) => found.says)).toEqual(says);
});
