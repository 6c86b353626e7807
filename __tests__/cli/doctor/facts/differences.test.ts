import { differences } from '../../../../cli/doctor/facts/differences';

const LIMITS = { spec: { containers: [{ name: 'a', resources: { limits: { cpu: '1000m', memory: '1Gi' } } }] } };

it.each([
  ['a default of the server', { spec: { a: 1 } }, { spec: { a: 1, b: 2 }, status: {} }, []],
  ['a value', { spec: { a: 1 } }, { spec: { a: 2 } }, ['spec.a']],
  ['a missing value', { spec: { a: true } }, { spec: {} }, ['spec.a']],
  ['an empty value that the server drops', { spec: { a: {}, b: [], c: false } }, { spec: {} }, []],
  [
    'an entry that was added to a list',
    { spec: { env: [{ name: 'a' }] } },
    { spec: { env: [{ name: 'a' }, {}] } },
    ['spec.env'],
  ],
  [
    'a field of an entry',
    { ports: [{ port: 1 }, { port: 2 }] },
    { ports: [{ port: 1 }, { port: 3 }] },
    ['ports[1].port'],
  ],
  ['a key that was added to a ConfigMap', { data: { a: 'x' } }, { data: { a: 'x', b: 'y' } }, ['data.b']],
  ['a label that was added', { metadata: { labels: { a: 'x' } } }, { metadata: { labels: { a: 'x', b: 'y' } } }, []],
  [
    'an annotation that was changed',
    { metadata: { annotations: { a: 'x' } } },
    { metadata: {} },
    ['metadata.annotations'],
  ],
] as [string, object, object, string[]][])('of %s', (_, declared, live, paths) => {
  expect(differences(declared, live)).toEqual(paths);
});

it('amounts of resources are compared as amounts, and nothing else is', () => {
  const live = (cpu: string) => ({
    spec: { containers: [{ name: 'a', resources: { limits: { cpu, memory: '1024Mi' } } }] },
  });
  expect(differences(LIMITS, live('1'))).toEqual([]);
  expect(differences(LIMITS, live('2'))).toEqual(['spec.containers[0].resources.limits.cpu']);
  expect(differences({ image: 'a:1000m' }, { image: 'a:1' })).toEqual(['image']);
});
