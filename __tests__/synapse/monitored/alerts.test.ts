import { Size } from 'cdk8s';
import { synapseAlerts } from '../../../lib/synapse/monitored/alerts';

const alerts = synapseAlerts('app="matrix-synapse"', Size.mebibytes(2048));
const named = (name: string) => alerts.find((one) => one.name === name);

it('compares the memory with the limit of the container', () => {
  expect(named('MatrixSynapseMemory')?.expression).toContain(`/ ${2048 * 1024 * 1024} > 0.9`);
});

it('waits a day for a background update, but not for one that failed', () => {
  expect(named('MatrixBackgroundUpdateStuck')?.holdsFor?.toHours()).toBe(24);
  expect(named('MatrixBackgroundUpdateAborted')?.holdsFor).toBeUndefined();
});
