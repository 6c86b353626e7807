import { Testing } from 'cdk8s';
import { Scaling, Workers } from '../../../lib';
import { find } from '../../support/manifests';
import { emptyChart, synapseIn } from '../../support/parts';

const chart = emptyChart();
const workers = Workers.of({
  sync: Scaling.between(1, 3),
  client: Scaling.fixed(2),
  eventCreators: Scaling.external(1, 2),
  eventPersisters: 2,
});
synapseIn(chart, { workers });
const objects = Testing.synth(chart);
const specOf = (kind: string, name: string) => find(objects, kind, `matrix-synapse-${name}`).spec;

it('scales by CPU, slowly down, and leaves the number of pods to the autoscaler', () => {
  expect(specOf('Deployment', 'sync')).not.toHaveProperty('replicas');
  expect(specOf('HorizontalPodAutoscaler', 'sync')).toMatchObject({
    minReplicas: 1,
    maxReplicas: 3,
    scaleTargetRef: { kind: 'Deployment', name: 'matrix-synapse-sync' },
    metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 70 } } }],
    behavior: { scaleDown: { stabilizationWindowSeconds: 600 } },
  });
});

it('leaves the number of pods to another autoscaler, and renders none', () => {
  expect(specOf('Deployment', 'event-creator')).not.toHaveProperty('replicas');
});

it('has a fixed number of pods otherwise', () => {
  expect(specOf('Deployment', 'client').replicas).toBe(2);
  expect(specOf('StatefulSet', 'event-persister')).toMatchObject({ replicas: 2, podManagementPolicy: 'Parallel' });
  expect(objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler')).toHaveLength(1);
});

it('finds pods by name, and those that others know also before they are ready', () => {
  expect(specOf('Service', 'sync')).toMatchObject({ clusterIP: 'None', selector: { app: 'matrix-synapse-sync' } });
  expect(specOf('Service', 'sync')).not.toHaveProperty('publishNotReadyAddresses');
  expect(specOf('Service', 'event-persister').publishNotReadyAddresses).toBe(true);
});
