import { Federation, HomeserverConfig, Scaling, Traffic, Workers } from '../../../lib';
import { emptyChart, synapseIn } from '../../support/parts';

it('every process may connect to what the options and settings lead to', () => {
  const chart = emptyChart();
  synapseIn(chart, {
    federation: Federation.OPEN,
    config: HomeserverConfig.recommended().extend({ push: { enabled: true } }),
    workers: Workers.of({ sync: Scaling.fixed(1) }),
  });
  const outside = (key: string) =>
    Traffic.connections(chart)
      .filter(({ from, to }) => from.key === key && ['dns', 'internet'].includes(to.key))
      .map(({ name }) => name);
  expect(outside('matrix-synapse')).toEqual(['names', 'federation', 'push']);
  expect(outside('matrix-synapse-sync')).toEqual(outside('matrix-synapse'));
});
