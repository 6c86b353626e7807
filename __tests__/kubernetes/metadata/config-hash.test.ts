import { configHash } from '../../../lib/kubernetes/metadata/config-hash';

const DATA = { 'homeserver.yaml': 'server_name: example.org\n', 'log.yaml': 'version: 1\n' };

it('is the same for the same bytes at any time', () => {
  expect(configHash({ ...DATA })).toBe('f841447d1603adf7');
});

it.each([
  ['a value', { ...DATA, 'log.yaml': 'version: 1' }],
  ['a name', { 'homeserver.yaml': DATA['homeserver.yaml'], 'log.yml': DATA['log.yaml'] }],
  ['the number of files', { ...DATA, extra: '' }],
])('changes with %s', (_, data: { [key: string]: string }) => {
  expect(configHash(data)).not.toBe(configHash(DATA));
  expect(configHash(data)).toMatch(/^[0-9a-f]{16}$/);
});

it('differs for data that is equal only when concatenated', () => {
  expect(configHash({ a: 'x', b: 'yz' })).not.toBe(configHash({ a: 'xy', b: 'z' }));
});
