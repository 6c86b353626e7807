import { renderMigrationAccount } from '../../lib/migration/migration-account';
import { find } from '../support/manifests';
import { emptyChart, external, synapseIn, systemIn } from '../support/parts';

it('may look at nothing of a database that is managed elsewhere', () => {
  const chart = emptyChart();
  const database = external();
  const workload = systemIn(chart).labels('matrix-migration', 'migration');
  renderMigrationAccount(chart, workload, synapseIn(chart, { database }), database);
  const { rules } = find(chart.toJson(), 'Role', 'matrix-migration');
  expect(rules.map(({ resources }: { resources: string[] }) => resources)).toEqual([['deployments'], ['pods']]);
});
