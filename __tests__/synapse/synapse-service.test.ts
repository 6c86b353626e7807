import { renderSynapseService } from '../../lib/synapse/synapse-service';
import { emptyChart, renderedIn } from '../support/parts';

it('leads to the client API and to federation, and not to the metrics', () => {
  const chart = emptyChart();
  const identity = { app: 'matrix-synapse', component: 'homeserver' };
  renderSynapseService(chart, identity, 'matrix-synapse-main', { client: 7001, federation: 7002, metrics: 7003 });
  const { spec } = renderedIn(chart, 'Service', 'matrix-synapse-main');
  expect(spec.selector).toEqual({ app: 'matrix-synapse' });
  expect(spec.ports).toEqual([
    { name: 'client-api', port: 7001, targetPort: 'client-api' },
    { name: 'federation', port: 7002, targetPort: 'federation' },
  ]);
});
