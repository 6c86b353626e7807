import { labelsOf, selectorLabels } from '../../../lib/kubernetes/metadata/labels';

const IDENTITY = { app: 'matrix-synapse', component: 'homeserver' };

it('selects by app alone, as the running installation does', () => {
  expect(selectorLabels(IDENTITY)).toEqual({ app: 'matrix-synapse' });
});

it('labels every object in the recommended words', () => {
  expect(labelsOf(IDENTITY)).toEqual({
    app: 'matrix-synapse',
    'app.kubernetes.io/name': 'matrix-synapse',
    'app.kubernetes.io/instance': 'matrix',
    'app.kubernetes.io/component': 'homeserver',
    'app.kubernetes.io/part-of': 'matrix',
    'app.kubernetes.io/managed-by': 'cdk8s',
  });
});

it('tells two systems in one namespace apart', () => {
  const labels = labelsOf({ ...IDENTITY, app: 'blue-matrix-synapse', namePrefix: 'blue-' });
  expect(labels).toMatchObject({ app: 'blue-matrix-synapse', 'app.kubernetes.io/instance': 'blue-matrix' });
});

it('fails when the prefix makes no label', () => {
  expect(() => labelsOf({ ...IDENTITY, namePrefix: 'Blue ' })).toThrow("'Blue matrix' is no Kubernetes name");
});
