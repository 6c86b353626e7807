import { judgeWorkload } from '../../../../cli/doctor/workloads/workloads';

const workload = (replicas: number | undefined, readyReplicas?: number) => ({
  kind: 'Deployment',
  metadata: { name: 'matrix-edge', creationTimestamp: '' },
  spec: { replicas, template: { spec: { containers: [] } } },
  status: { readyReplicas },
});
const command = (text: string) => `kubectl ${text} -n caritas`;

it.each([
  [2, 2],
  [undefined, 1],
  [1, 2],
])('is well with %s wanted and %s ready', (wanted, ready) => {
  expect(judgeWorkload(workload(wanted, ready), command)).toEqual([]);
});

it.each([
  [2, 1, 'warn', /1 of 2 pods ready/],
  [2, undefined, 'fail', /0 of 2 pods ready/],
  [0, undefined, 'fail', /scaled to 0/],
])('of %s with %s ready: %s', (wanted, ready, verdict, says) => {
  const [found] = judgeWorkload(workload(wanted, ready), command);
  expect(found).toMatchObject({ verdict, says: expect.stringMatching(says) });
  expect(found.next).toMatch(/^kubectl (describe|scale) deployment\/matrix-edge .*-n caritas$/);
});
