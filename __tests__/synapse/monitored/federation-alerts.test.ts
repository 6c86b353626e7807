import { federationAlerts } from '../../../lib/synapse/monitored/federation-alerts';

it('takes milliseconds for what the help text calls seconds', () => {
  const [stuck] = federationAlerts('app="a"').filter(({ name }) => name === 'MatrixFederationInboundStuck');
  expect(stuck.expression).toContain('/ 1000 > 600');
});
