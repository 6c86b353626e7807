import { obstacles } from '../../../cli/adopt/obstacles';
import { ORIGINAL, workload } from './found';

const of = (...workloads: Parameters<typeof workload>[]) =>
  obstacles({ ...ORIGINAL, workloads: workloads.map((one) => workload(...one)) });

it('finds none in the original', () => expect(obstacles(ORIGINAL)).toEqual([]));

it('finds another selector, and keeps the pods', () => {
  expect(of(['Deployment', 'matrix-synapse', { selector: { matchLabels: { app: 'synapse' } } }])).toEqual([
    'deployment matrix-synapse: its selector is {"app":"synapse"}, which cannot be changed in place: ' +
      'kubectl delete deployment matrix-synapse --cascade=orphan -n caritas, scale its pods away, and apply dist/',
  ]);
});

it('finds another Service and claim templates', () => {
  const volumeClaimTemplates = [{ metadata: { name: 'data' } }];
  const found = of(['StatefulSet', 'matrix-postgres', { serviceName: 'db', volumeClaimTemplates }]);
  expect(found).toEqual([
    expect.stringContaining("its serviceName is 'db'"),
    expect.stringContaining('it has claim templates (data)'),
  ]);
});
