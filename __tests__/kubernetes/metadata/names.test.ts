import { CRON_JOB_NAME_LENGTH, checkedNamespace, objectName } from '../../../lib/kubernetes/metadata/names';

it.each([
  [undefined, 'matrix-synapse', 'matrix-synapse'],
  ['', 'matrix-synapse', 'matrix-synapse'],
  ['blue-', 'matrix-synapse', 'blue-matrix-synapse'],
  ['a'.repeat(57), 'matrix', `${'a'.repeat(57)}matrix`],
])('after the prefix %p, %s is %s', (prefix, name, full) => {
  expect(objectName(prefix, name)).toBe(full);
});

it.each(['Blue-', 'blue_', 'blue.', '-', ' ', 'blü-', '2-'])('fails when the prefix is %p', (prefix) => {
  expect(() => objectName(prefix, 'matrix')).toThrow(
    `'${prefix}matrix' is no Kubernetes name (namePrefix '${prefix}')`,
  );
});

it.each([
  [58, 63, 57],
  [47, CRON_JOB_NAME_LENGTH, 46],
])('fails when a prefix of %i characters leads over %i, and says that %i are allowed', (length, limit, allowed) => {
  expect(() => objectName('a'.repeat(length), 'matrix', limit)).toThrow(`at most ${allowed} characters`);
});

it('fails when the name itself is none, without speaking of a prefix that nobody gave', () => {
  expect(() => objectName(undefined, 'Matrix')).toThrow(/^(?!.*undefined)'Matrix' is no Kubernetes name/);
});

it.each(['caritas', '0815', 'a', 'a'.repeat(63)])('takes the namespace %p', (name) => {
  expect(checkedNamespace('namespace', name)).toBe(name);
});

it.each(['', 'My_NS', '-a', 'a-', 'a.b', 'a'.repeat(64), undefined as unknown as string])(
  'fails when the namespace is %p',
  (name) => {
    expect(() => checkedNamespace('namespace', name)).toThrow(
      `namespace is '${name}', which no namespace can be called`,
    );
  },
);
