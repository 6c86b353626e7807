import { checkedPodLabels, labelsOf, podMetadata, selectorLabels } from '../../../lib/kubernetes/metadata/labels';
import { untyped } from '../../support/parts';

const WORKLOAD = { app: 'matrix-synapse', component: 'homeserver' };

it('selects only by app, like running installations', () => {
  expect(selectorLabels(WORKLOAD)).toEqual({ app: 'matrix-synapse' });
});

it('gives every object the recommended labels', () => {
  expect(labelsOf(WORKLOAD)).toEqual({
    app: 'matrix-synapse',
    'app.kubernetes.io/name': 'matrix-synapse',
    'app.kubernetes.io/instance': 'matrix',
    'app.kubernetes.io/component': 'homeserver',
    'app.kubernetes.io/part-of': 'matrix',
    'app.kubernetes.io/managed-by': 'cdk8s',
  });
});

it('tells two systems in one namespace apart', () => {
  const labels = labelsOf({ ...WORKLOAD, app: 'blue-matrix-synapse', namePrefix: 'blue-' });
  expect(labels).toMatchObject({ app: 'blue-matrix-synapse', 'app.kubernetes.io/instance': 'blue-matrix' });
});

it('refuses a prefix that is not valid in a label', () => {
  expect(() => labelsOf({ ...WORKLOAD, namePrefix: 'Blue ' })).toThrow("'Blue matrix'");
});

it('gives pods the labels of their workload, without annotations', () => {
  expect(podMetadata(WORKLOAD)).toEqual({ labels: labelsOf(WORKLOAD) });
});

it('adds additional labels and annotations only to pods', () => {
  const workload = { ...WORKLOAD, podLabels: { team: 'chat', app: 'other' }, podAnnotations: { note: 'theirs' } };
  expect(podMetadata(workload, { hash: 'x', note: 'ours' })).toEqual({
    // Selectors and policies rely on the system's own labels.
    labels: { team: 'chat', ...labelsOf(WORKLOAD) },
    annotations: { hash: 'x', note: 'theirs' },
  });
  expect(labelsOf(workload)).toEqual(labelsOf(WORKLOAD));
});

it('formats labels that select pods as text', () => {
  expect(checkedPodLabels('Peer.pods', { app: 'caddy', 'example.org/tier': '' })).toBe('app=caddy,example.org/tier=');
  expect(checkedPodLabels('Peer.pods', {})).toBe('');
});

it.each<[string, unknown]>([
  ['app', 'user service'],
  ['app', 'x'.repeat(64)],
  ['', 'x'],
  ['UPPER.example/app', 'x'],
  ['a/b/c', 'x'],
])('refuses the label %j with the value %j', (key, value) => {
  const check = () => checkedPodLabels('Peer.pods', untyped({ [key]: value }));
  expect(check).toThrow(`Peer.pods has the label '${key}' with the value '${value}'`);
  expect(check).toThrow("{ app: 'userservice' }");
});
