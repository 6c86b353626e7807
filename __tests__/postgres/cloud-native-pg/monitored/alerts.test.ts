import { Durability } from '../../../../lib';
import { clusterAlerts } from '../../../../lib/postgres/cloud-native-pg/monitored/alerts';

const alerts = (instances: number, durability: Durability) =>
  clusterAlerts({ series: 'app="x"', instances, durability }).map(({ name, severity }) => `${name} ${severity}`);

it('is critical that no replica is there only while writes wait for one', () => {
  expect(alerts(2, Durability.REQUIRED)).toContain('MatrixDatabaseReplicasAway critical');
  expect(alerts(2, Durability.PREFERRED)).toContain('MatrixDatabaseReplicasAway warning');
});

it('tells that one of several replicas is away', () => {
  expect(alerts(3, Durability.REQUIRED)).toContain('MatrixDatabaseReplicaAway warning');
  expect(alerts(2, Durability.REQUIRED)).not.toContain('MatrixDatabaseReplicaAway warning');
});
