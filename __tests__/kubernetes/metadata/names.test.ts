import { CRON_JOB_NAME_LENGTH, checkedNamespace, objectName } from '../../../lib/kubernetes/metadata/names';

it.each([
  [undefined, 'matrix-synapse', 'matrix-synapse'],
  ['', 'matrix-synapse', 'matrix-synapse'],
  ['blue-', 'matrix-synapse', 'blue-matrix-synapse'],
  ['a'.repeat(57), 'matrix', `${'a'.repeat(57)}matrix`],
])('with the prefix %p, %s becomes %s', (prefix, name, full) => {
  expect(objectName(prefix, name)).toBe(full);
});

it.each(['Blue-', 'blue_', 'blue.', '-', ' ', 'blü-', '2-'])('refuses the prefix %p', (prefix) => {
  expect(() => objectName(prefix, 'matrix')).toThrow(`'${prefix}matrix'`);
  expect(() => objectName(prefix, 'matrix')).toThrow(`namePrefix '${prefix}'`);
});

it.each([
  [58, 63, 57],
  [47, CRON_JOB_NAME_LENGTH, 46],
])(
  'refuses a prefix of %i characters when names are limited to %i, and suggests at most %i',
  (length, limit, allowed) => {
    expect(() => objectName('a'.repeat(length), 'matrix', limit)).toThrow(`at most ${allowed} characters`);
  },
);

it('refuses an invalid name, and does not print undefined for a missing prefix', () => {
  expect(() => objectName(undefined, 'Matrix')).toThrow(/^(?!.*undefined)'Matrix'/);
});

it.each(['caritas', '0815', 'a', 'a'.repeat(63)])('accepts the namespace %p', (name) => {
  expect(checkedNamespace('namespace', name)).toBe(name);
});

it.each(['', 'My_NS', '-a', 'a-', 'a.b', 'a'.repeat(64)])('refuses the namespace %p', (name) => {
  expect(() => checkedNamespace('namespace', name)).toThrow(`namespace '${name}'`);
  expect(() => checkedNamespace('namespace', name)).toThrow('such as caritas');
});
