import { checkedRollback } from '../../../lib/synapse/main/rollback';
import { emptyChart, synapseIn } from '../../support/parts';

const image = (tag: string) => `registry.example/synapse:${tag}`;

it.each([
  ['the same version', 'v1.163.2', '1.163.2'],
  ['a newer one', 'v1.170.0', '1.163.2'],
  ['an older one that knows the schema', 'v1.100.0', '1.163.9'],
  ['one that is pinned by a digest too', `v1.140.0@sha256:${'a'.repeat(64)}`, '1.163.2'],
])('may replace what runs by %s', (_, tag, deployed) => {
  expect(() => checkedRollback(image(tag), deployed)).not.toThrow();
});

it.each([
  ['before the oldest with this schema', 'v1.99.0', '1.163.2'],
  ['of versions that this project does not know', 'v1.163.2', '1.164.0'],
])('fails when the image is older, %s', (_, tag, deployed) => {
  expect(() => checkedRollback(image(tag), deployed)).toThrow(`is older than deployedVersion ${deployed}`);
  expect(() => checkedRollback(image(tag), deployed)).toThrow('or restore the moment before the upgrade');
});

it('fails when a version cannot be read', () => {
  expect(() => checkedRollback(image('v1.163.2'), '1.163')).toThrow("deployedVersion '1.163' is not a version");
  expect(() => checkedRollback(image('stable'), '1.163.2')).toThrow('leave deployedVersion out');
});

it('is checked where Synapse is rendered', () => {
  expect(() => synapseIn(emptyChart(), { deployedVersion: '1.163.2' })).not.toThrow();
  expect(() => synapseIn(emptyChart(), { deployedVersion: '1.999.0' })).toThrow('older than deployedVersion 1.999.0');
});
