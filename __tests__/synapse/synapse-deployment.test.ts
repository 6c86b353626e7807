import { Testing } from 'cdk8s';
import { CONFIG_HASH, configHash, DEFAULT_CONTAINER } from '../../lib/kubernetes/config-hash';
import type { k8s } from '../../lib/kubernetes/k8s';
import { patchField } from '../../lib/kubernetes/objects';
import { renderDeployment } from '../../lib/synapse/synapse-deployment';
import { emptyChart, renderedIn } from '../support/parts';

const IDENTITY = { app: 'second-matrix-synapse', component: 'homeserver', namePrefix: 'second-' };
const POD: k8s.PodSpec = { containers: [{ name: 'synapse', image: 'example.org/synapse:v1' }] };

const FILES = { 'homeserver.yaml': 'report_stats: false\n' };

function rendered(patches: { [pointer: string]: unknown } = {}) {
  const chart = emptyChart();
  renderDeployment(chart, 'Synapse', IDENTITY, FILES, POD);
  for (const [pointer, value] of Object.entries(patches)) {
    patchField(chart, 'Deployment', IDENTITY.app, pointer, value);
  }
  return { chart, deployment: renderedIn(chart, 'Deployment', IDENTITY.app) };
}

it('is one process, and the old one ends before the new one starts', () => {
  const { replicas, strategy } = rendered().deployment.spec;
  expect([replicas, strategy]).toEqual([1, { type: 'Recreate' }]);
});

it('may take a quarter of an hour: a new version changes the database first', () => {
  expect(rendered().deployment.spec).toMatchObject({ progressDeadlineSeconds: 900, revisionHistoryLimit: 3 });
});

it('runs the pod that it was given, anew when its files change', () => {
  const { metadata, spec } = rendered().deployment.spec.template;
  expect(metadata.annotations).toEqual({ [CONFIG_HASH]: configHash(FILES), [DEFAULT_CONTAINER]: 'synapse' });
  expect(spec).toEqual(POD);
});

it('selects by the name alone, and says more of itself and its pods', () => {
  const { metadata, spec } = rendered().deployment;
  expect(spec.selector).toEqual({ matchLabels: { app: 'second-matrix-synapse' } });
  expect(metadata.name).toBe('second-matrix-synapse');
  expect(spec.template.metadata.labels).toEqual(metadata.labels);
  expect(metadata.labels).toMatchObject({
    app: 'second-matrix-synapse',
    'app.kubernetes.io/component': 'homeserver',
    'app.kubernetes.io/instance': 'second-matrix',
  });
});

it('can be scaled to none, for a restore', () => {
  expect(rendered({ '/spec/replicas': 0 }).deployment.spec.replicas).toBe(0);
});

it.each<[string, { [pointer: string]: unknown }, string]>([
  ['two processes', { '/spec/replicas': 2 }, 'has 2 replicas'],
  ['two for a moment', { '/spec/strategy': { type: 'RollingUpdate' } }, 'has 1 replicas and strategy RollingUpdate'],
])('fails when a patch makes it %s', (_, patches, what) => {
  const make = () => rendered(patches);
  expect(make).toThrow(`Deployment 'second-matrix-synapse' in caritas ${what}`);
  expect(make).toThrow('leave 1 and Recreate, and scale by workers');
});

it('is found by its id', () => {
  const { chart } = rendered();
  expect(Testing.synth(chart)).toHaveLength(1);
  expect(chart.node.tryFindChild('Synapse')).toBeDefined();
});
