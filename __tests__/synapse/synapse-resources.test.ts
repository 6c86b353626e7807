import { resources } from '../../lib/kubernetes/workloads/resources';
import { SYNAPSE_RESOURCES, synapseResources } from '../../lib/synapse/synapse-resources';
import { SystemSize } from '../../lib/system-size';
import { emptyChart, systemIn } from '../support/parts';

it('follows the size of the system, unless resources are given', () => {
  const system = systemIn(emptyChart(), { size: SystemSize.LARGE });
  const own = resources(100, 512, 1024);
  expect(synapseResources({ system })).toBe(SYNAPSE_RESOURCES[SystemSize.LARGE]);
  expect(synapseResources({ system, resources: own })).toBe(own);
});
