import { Scaling } from '../../../lib';
import { workerPod } from '../../../lib/synapse/workers/worker-pod';
import { ROLES, type WorkerRole } from '../../../lib/synapse/workers/worker-role';
import { containersOf } from '../../support/manifests';
import { emptyChart, external, synapseIn, systemIn } from '../../support/parts';

function podOf(role: WorkerRole, podNames?: string[]) {
  const chart = emptyChart();
  const worker = { role, podNames, scaling: Scaling.fixed(1), workloadName: role.name };
  const options = { system: systemIn(chart), database: external() };
  return workerPod(worker, { homeserver: synapseIn(chart), options, ports: { client: 8008, metrics: 9000 } });
}
const [sync] = containersOf({ spec: podOf(ROLES.sync) });

it('waits for the main process, and runs its program with settings of its own', () => {
  expect(sync.command).toContain('/config/start_worker.py');
  expect(sync.args.slice(0, 3)).toEqual(['run', '-m', 'synapse.app.generic_worker']);
  expect(sync.args.slice(-4)).toEqual(['-c', '/config/worker-sync.yaml', '-c', '/tmp/worker.yaml']);
});

it('ends after the proxies have forgotten it, when others do the same work', () => {
  expect(sync.lifecycle.preStop.exec.command).toEqual(['sleep', '5']);
  expect(containersOf({ spec: podOf(ROLES.pushers, ['p-0']) })[0].lifecycle).toBeUndefined();
});

it('has the claim only as the media repository, on the node of the main process', () => {
  const media = podOf(ROLES.media, ['m-0']);
  expect(media.volumes?.[0].persistentVolumeClaim?.claimName).toBe('matrix-synapse-data');
  expect(media.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
  expect(podOf(ROLES.sync).affinity?.podAntiAffinity).toBeDefined();
  expect(podOf(ROLES.sync).volumes?.some(({ persistentVolumeClaim: claim }) => claim)).toBe(false);
});
