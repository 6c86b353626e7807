import {
  hasCredentials,
  isMapping,
  namesSecret,
  pathText,
  shown,
  visitScalars,
  WITHHELD,
} from '../../../lib/synapse/config/path';

test.each([
  [['listeners', 0, 'resources', 1, 'names'], 'listeners[0].resources[1].names'],
  [['server_name'], 'server_name'],
  [[], ''],
])('%j is written as people do', (path, text) => {
  expect(pathText(path)).toBe(text);
});

test.each<[unknown, string]>([
  ['text', '"text"'],
  ['x'.repeat(61), `"${'x'.repeat(57)}..."`],
  [8008, '8008'],
  [null, 'null'],
  [Number.NaN, 'NaN'],
  [[1, 2], 'a list'],
  [{ a: 1 }, 'a mapping'],
  [new Date(0), 'an object'],
  [() => 1, 'a function'],
  [Symbol('x'), 'a symbol'],
  ['https://user:hunter2@example.org', WITHHELD],
])('%p is shown as %s', (value, text) => {
  expect(shown(value, ['public_baseurl'])).toBe(text);
});

test.each([
  ['registration_shared_secret', true],
  ['smtp_pass', true],
  ['api_token', true],
  ['db_pwd', true],
  ['pepper', true],
  ['dsn', true],
  ['macaroon_secret_key', true],
  ['registration_shared_secret_path', false],
  ['key_file', false],
  ['max_upload_size', false],
])('%s sounds like a secret: %p', (key, secret) => {
  expect(namesSecret(['block', key, 0])).toBe(secret);
  expect(shown('hunter2', ['block', key, 0])).toBe(secret ? WITHHELD : '"hunter2"');
});

test.each([
  ['https://user:hunter2@example.org/x', true],
  ['postgresql://:hunter2@db', true],
  ['https://user@example.org', false],
  ['https://example.org:8448/a@b', false],
  ['user:hunter2@example.org', false],
])('%s carries a password: %p', (url, carries) => {
  expect(hasCredentials(url)).toBe(carries);
});

test('a mapping is plain data', () => {
  expect([{}, Object.create(null), JSON.parse('{"a": 1}')].map(isMapping)).toEqual([true, true, true]);
  expect([[], null, 'a', new Date(0), new Map()].some(isMapping)).toBe(false);
});

test('visits every single value with its path, and nothing that is undefined', () => {
  const visited: [string, unknown][] = [];
  const settings = { a: [{ b: 1 }, null], c: { d: undefined, e: 'x' } };
  visitScalars(settings, (path, value) => visited.push([pathText(path), value]));
  expect(visited).toEqual([
    ['a[0].b', 1],
    ['a[1]', null],
    ['c.e', 'x'],
  ]);
});
