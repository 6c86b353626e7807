import { Testing } from 'cdk8s';
import { type MatrixSynapseProps, MediaStorage, Scaling, Workers } from '../../../lib';
import { containersOf, find, type Manifest } from '../../support/manifests';
import { emptyChart, synapseIn } from '../../support/parts';

function portsOf(workers?: Workers) {
  const chart = emptyChart();
  synapseIn(chart, { workers });
  const objects = Testing.synth(chart);
  const [main] = containersOf(find(objects, 'Deployment', 'matrix-synapse').spec.template);
  return {
    service: find(objects, 'Service', 'matrix-synapse-main').spec.ports.map(({ name }: Manifest) => name),
    pod: main.ports.map(({ name }: Manifest) => name),
  };
}

it('lets workers connect only when there are some', () => {
  const { service, pod } = portsOf();
  expect(service).toEqual(['client-api', 'federation']);
  expect(pod).toEqual(['client-api', 'federation', 'metrics', 'health']);
  const workers = portsOf(Workers.of({ sync: Scaling.fixed(1) }));
  expect(workers.service).toContain('replication');
  expect(workers.pod).toContain('replication');
});

it.each<[string, Partial<MatrixSynapseProps>, string[], string]>([
  [
    'where its claim is shared',
    { media: MediaStorage.sharedClaim(), workers: Workers.of({ media: 1 }) },
    [],
    'RollingUpdate',
  ],
  ['where it is on the node of the database', {}, ['matrix-postgres'], 'RollingUpdate'],
  ['and not where the new pod may be on another node, without the claim', {}, [], 'Recreate'],
])('stands by %s', (_, props, [app], strategy) => {
  const chart = emptyChart();
  const synapse = synapseIn(chart, props);
  if (app) {
    synapse._runBeside({ app });
  }
  const objects = Testing.synth(chart);
  expect(find(objects, 'Deployment', 'matrix-synapse').spec.strategy.type).toBe(strategy);
  // A pod that only loads or crashes would get half of the connections.
  const addressed = find(objects, 'Service', 'matrix-synapse-main').spec.publishNotReadyAddresses;
  expect(addressed).toBe(strategy === 'Recreate' || undefined);
});
