import { judgePolicies } from '../../../../cli/doctor/workloads/network';

const policy = (name: string, matchLabels: { [key: string]: string }) => ({
  kind: 'NetworkPolicy',
  metadata: { name, creationTimestamp: '' },
  spec: { podSelector: { matchLabels } },
});
const workload = (app: string) => ({
  kind: 'Deployment',
  metadata: { name: app, creationTimestamp: '' },
  spec: { template: { metadata: { labels: { app, 'part-of': 'matrix' } }, spec: { containers: [] } } },
  status: {},
});
const DENY = policy('deny', { 'part-of': 'matrix' });
const EDGE = policy('edge', { app: 'edge' });
const judged = (policies: ReturnType<typeof policy>[]) =>
  judgePolicies(policies, [workload('edge'), workload('synapse')], 'deny').map(({ says }) => says);

it.each([
  ['all', [DENY, EDGE, policy('synapse', { app: 'synapse' })], []],
  ['one workload bare', [DENY, EDGE], ['synapse has no network policy of its own']],
  ['no default', [EDGE, policy('synapse', { app: 'synapse' })], ['NetworkPolicy deny is missing']],
])('judges policies with %s', (_, policies, says) => expect(judged(policies)).toEqual(says));

it('fails without any', () => expect(judged([])).toEqual([expect.stringMatching(/there is no network policy/)]));
