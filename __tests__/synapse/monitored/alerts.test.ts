import { synapseAlerts } from '../../../lib/synapse/monitored/alerts';

const alerts = synapseAlerts('app="matrix-synapse"');
const named = (name: string) => alerts.find((one) => one.name === name);

it('waits a day for a background update, but not for one that failed', () => {
  expect(named('MatrixBackgroundUpdateStuck')?.holdsFor?.toHours()).toBe(24);
  expect(named('MatrixBackgroundUpdateAborted')?.holdsFor).toBeUndefined();
});
