import { Federation } from '../../../lib';
import { emptyChart, synapseIn } from '../../support/parts';

const federation = (names: string[]) => names.filter((name) => name.startsWith('MatrixFederation'));

it('names its port and the path that Synapse serves metrics at', () => {
  const { monitored } = synapseIn(emptyChart(), { ports: { metrics: 9010 } });
  expect(monitored.part).toBe('synapse');
  const [{ object, ...port }] = monitored.ports;
  expect(object.name).toBe('matrix-synapse');
  expect(port).toMatchObject({ port: { name: 'metrics', number: 9010 }, path: '/_synapse/metrics' });
});

it('watches federation only where it is open', () => {
  const closed = synapseIn(emptyChart()).monitored.alerts.map(({ name }) => name);
  const open = synapseIn(emptyChart(), { federation: Federation.OPEN }).monitored.alerts.map(({ name }) => name);
  expect(federation(closed)).toEqual([]);
  expect(federation(open)).toHaveLength(3);
});

it('follows the memory limit of the size', () => {
  const expressions = synapseIn(emptyChart()).monitored.alerts.map(({ expression }) => expression);
  expect(expressions.join()).toContain(`${2048 * 1024 * 1024}`);
});
