import { judgeZones } from '../../../../cli/doctor/data/zones';

const object = (name: string, labels = {}) => ({ kind: '', metadata: { name, creationTimestamp: '', labels } });
const claim = (name: string, storageClassName: string) => ({ ...object(name), spec: { storageClassName } });
const node = (zone?: string) => object('node', zone ? { 'topology.kubernetes.io/zone': zone } : {});

const CLASSES = [
  { ...object('at-once'), volumeBindingMode: 'Immediate' },
  object('default'),
  { ...object('waits'), volumeBindingMode: 'WaitForFirstConsumer' },
];
const DATABASE = claim('matrix-postgres-pvc', 'at-once');
const MEDIA = claim('matrix-synapse-data', 'waits');
const ZONES = [node('b'), node('a'), node('a'), node()];

it.each([
  ['binds at once', DATABASE, 'at-once'],
  ['does not say when it binds', claim('matrix-postgres-pvc', 'default'), 'default'],
])('warns about a claim whose class %s, where nodes are in several zones', (_, one, name) => {
  const [found, ...more] = judgeZones([one, MEDIA], CLASSES, ZONES);
  expect(more).toEqual([]);
  expect(found.verdict).toBe('warn');
  expect(found.says).toMatch(new RegExp(`^matrix-postgres-pvc may not meet .* class ${name} .* zones a, b$`));
  expect(found.next).toBe('docs/how-to/storage.md#claims-that-must-meet-on-one-node');
});

it.each([
  ['all nodes are in one zone', [DATABASE, MEDIA], [node('a'), node('a')]],
  ['nodes have no zones', [DATABASE, MEDIA], [node(), node()]],
  ['the classes wait', [claim('matrix-postgres-pvc', 'waits'), MEDIA], ZONES],
  ['there is one claim', [DATABASE], ZONES],
  ['the class is gone', [claim('matrix-postgres-pvc', 'gone'), MEDIA], ZONES],
])('has no problem where %s', (_, claims, nodes) => {
  expect(judgeZones(claims, CLASSES, nodes).map(({ verdict }) => verdict)).toEqual(['ok']);
});
