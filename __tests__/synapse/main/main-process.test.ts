import { Testing } from 'cdk8s';
import { type MatrixSynapseProps, MediaStorage, Scaling, Workers } from '../../../lib';
import { besideAffinity } from '../../../lib/kubernetes/workloads/affinity';
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

it.each<[string, string, Partial<MatrixSynapseProps>, object | undefined]>([
  [
    'beside the one before it',
    'most storage can be mounted on one node only',
    {},
    besideAffinity({ app: 'matrix-synapse' }),
  ],
  [
    'on any node',
    'its claim is shared',
    { media: MediaStorage.sharedClaim(), workers: Workers.of({ media: 1 }) },
    undefined,
  ],
])('a standby is %s where %s', (_, __, options, affinity) => {
  const chart = emptyChart();
  synapseIn(chart, options);
  const { spec } = find(Testing.synth(chart), 'Deployment', 'matrix-synapse').spec.template;
  expect(spec.affinity).toEqual(affinity);
});
