import { type Finding, needless, type Suppression, unsuppressed } from './findings';

const FINDING: Finding = {
  tool: 'kube-score',
  check: 'container-resources',
  message: 'CPU limit is not set',
  system: 'matrix-001',
  object: 'Deployment matrix-synapse',
  place: 'homeserver/synapse',
};
const SUPPRESSION: Suppression = { tool: 'kube-score', check: 'container-resources', reason: 'It throttles.' };

it('reports a finding of many systems once', () => {
  const elsewhere = { ...FINDING, system: 'matrix-002' };
  const other = { ...FINDING, place: 'homeserver/epoch-guard' };
  expect(unsuppressed([FINDING, elsewhere, other], [])).toEqual([
    'kube-score container-resources: CPU limit is not set: homeserver/synapse, 2 times, such as Deployment matrix-synapse in matrix-001.yaml',
    expect.stringContaining('homeserver/epoch-guard, 1 times'),
  ]);
});

it.each<[string, Partial<Suppression>]>([
  ['everywhere', {}],
  ['by message', { message: 'CPU limit is not set' }],
  ['in a part', { places: ['edge', 'homeserver'] }],
  ['in a container', { places: ['homeserver/synapse'] }],
])('suppresses %s', (_, more) => {
  expect(unsuppressed([FINDING], [{ ...SUPPRESSION, ...more }])).toEqual([]);
});

it.each<[string, Partial<Suppression>]>([
  ['of another tool', { tool: 'checkov' }],
  ['of another check', { check: 'container-image-tag' }],
  ['with another message', { message: 'Memory limit is not set' }],
  ['in another part', { places: ['home'] }],
  ['in another container', { places: ['homeserver/synapse-worker'] }],
])('does not suppress a finding %s, and is then not needed', (_, more) => {
  const suppression = { ...SUPPRESSION, ...more };
  expect(unsuppressed([FINDING], [suppression])).toHaveLength(1);
  expect(needless(suppression, [FINDING])).toEqual(suppression.places ?? ['everywhere']);
});

it('must be needed in each of its places', () => {
  expect(needless(SUPPRESSION, [FINDING])).toEqual([]);
  expect(needless({ ...SUPPRESSION, places: ['homeserver', 'edge'] }, [FINDING])).toEqual(['edge']);
});
