import { JsonPatch } from 'cdk8s';
import { configHash } from '../../../lib/kubernetes/metadata/config-hash';
import { configMapIn, emptyChart } from '../../support/parts';

const DATA = { 'homeserver.yaml': 'server_name: example.org\n', 'log.yaml': 'version: 1\n' };

const configMap = (data: { [key: string]: string } = DATA) => configMapIn(emptyChart(), data);
const hashOf = (data?: { [key: string]: string }) => configHash([configMap(data)]);

it('is the same for the same bytes at any time', () => {
  expect(hashOf()).toBe('ba62c4c7bf1e720b');
});

it.each([
  ['a value', { ...DATA, 'log.yaml': 'version: 1' }],
  ['a name', { 'homeserver.yaml': DATA['homeserver.yaml'], 'log.yml': DATA['log.yaml'] }],
  ['the number of files', { ...DATA, extra: '' }],
])('changes with %s', (_, data: { [key: string]: string }) => {
  expect(hashOf(data)).not.toBe(hashOf());
  expect(hashOf(data)).toMatch(/^[0-9a-f]{16}$/);
});

it('differs for data that is equal only when concatenated', () => {
  expect(hashOf({ a: 'x', b: 'yz' })).not.toBe(hashOf({ a: 'xy', b: 'z' }));
});

it.each([
  ['data', JsonPatch.replace('/data/log.yaml', 'version: 2\n')],
  ['binary data', JsonPatch.add('/binaryData', { ca: 'AA==' })],
])('changes with a patch of the %s', (_, patch) => {
  const patched = configMap();
  patched.addJsonPatch(patch);
  expect(configHash([patched])).not.toBe(hashOf());
});

it('stays the same when only metadata changes', () => {
  const patched = configMap();
  patched.metadata.addLabel('team', 'chat');
  expect(configHash([patched])).toBe(hashOf());
});

it('changes with each of several ConfigMaps, and with further content', () => {
  const both = (text: string, ...further: string[]) => configHash([configMap(), configMap({ text })], ...further);
  expect(new Set([both('a'), both('b'), both('a', 'more'), hashOf()]).size).toBe(4);
});
