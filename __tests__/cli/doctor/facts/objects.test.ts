import { belongs } from '../../../../cli/doctor/facts/objects';

const ours = (instance: string) => ({
  'app.kubernetes.io/part-of': 'matrix',
  'app.kubernetes.io/instance': instance,
});

it.each([
  ['matrix-synapse', ours('matrix'), '', true],
  ['b-matrix-synapse', ours('b-matrix'), 'b-', true],
  ['b-matrix-synapse', ours('b-matrix'), '', false],
  ['matrix-synapse', ours('matrix'), 'b-', false],
  // A prefix that looks like the name of the first system.
  ['matrix-b-matrix-synapse', ours('matrix-b-matrix'), '', false],
  // The original has no such labels.
  ['matrix-synapse', { app: 'matrix-synapse' }, '', true],
  ['userservice', { app: 'userservice' }, '', false],
  // Another program with the label of its Helm release.
  ['keycloak', { 'app.kubernetes.io/instance': 'matrix' }, '', false],
])('%s with %j is of the system with the prefix "%s": %s', (name, labels, prefix, expected) => {
  expect(belongs({ name, labels }, prefix)).toBe(expected);
});
