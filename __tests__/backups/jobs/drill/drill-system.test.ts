import type { OwnDatabase } from '../../../../lib/backups/backup-facts';
import { drillSystem, SIDECARS } from '../../../../lib/backups/jobs/drill/drill-system';
import { factsOf } from '../../../support/backup-parts';

const { facts } = factsOf();
const own = facts.ownDatabase as OwnDatabase;

it('its Synapse reads no Secret of the cluster: what it needs is in memory', () => {
  const { volumes } = drillSystem(facts, own);
  expect(volumes?.filter(({ projected, secret }) => projected ?? secret)).toEqual([]);
  expect(volumes).toContainEqual({ name: 'secrets', emptyDir: expect.objectContaining({ medium: 'Memory' }) });
});

it('recovers first, then runs both servers beside the check', () => {
  expect(drillSystem(facts, own).steps.map(({ name }) => name)).toEqual(['recover', ...SIDECARS]);
});
