import { Size } from 'cdk8s';
import { mainAlerts } from '../../../lib/synapse/monitored/main-alerts';

const named = (name: string) =>
  mainAlerts('app="matrix-synapse"', Size.mebibytes(2048)).find((one) => one.name === name);

it('compares the memory with the limit of the container', () => {
  expect(named('MatrixSynapseMemory')?.expression).toContain(`/ ${2048 * 1024 * 1024} > 0.9`);
});
