import { migrationPod, postgresPod } from '../../lib/migration/migration-pod';
import { emptyChart, external, postgresIn, synapseIn, systemIn } from '../support/parts';

function parts(managed = false) {
  const chart = emptyChart();
  const database = managed ? external() : postgresIn(chart);
  return { system: systemIn(chart), database, homeserver: synapseIn(chart, { database }), name: 'matrix-migration' };
}

it("is as Synapse's pod, for Synapse's own programs", () => {
  const { containers, volumes, securityContext } = migrationPod({ ...parts(), step: 'port' });
  expect(securityContext?.runAsUser).toBe(991);
  expect(containers[0].command).toEqual(['python3', '-m', 'matrix_migration', 'port']);
  expect(volumes?.map(({ name }) => name)).toEqual(expect.arrayContaining(['synapse-data', 'config', 'secrets']));
});

it('runs on the node of the database, or near the homeserver when that is elsewhere', () => {
  const affinity = (managed: boolean) => migrationPod({ ...parts(managed), step: 'copy' }).affinity?.podAffinity;
  expect(affinity(false)?.requiredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
  expect(affinity(true)?.preferredDuringSchedulingIgnoredDuringExecution).toHaveLength(1);
});

it('is the owner of the old PostgreSQL, and sees nothing else', () => {
  const { system, homeserver, name } = parts();
  const { backup } = postgresIn(emptyChart());
  const { securityContext, volumes, containers } = postgresPod({ system, homeserver, backup, name });
  expect(securityContext?.runAsUser).toBe(70);
  expect(volumes?.map((one) => one.name)).toEqual(['program', 'postgres-storage', 'account-token']);
  expect(containers[0].command?.at(-1)).toBe('postgres');
});
