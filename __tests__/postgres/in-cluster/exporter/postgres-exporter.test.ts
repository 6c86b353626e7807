import { Duration, Testing } from 'cdk8s';
import { Peer } from '../../../../lib';
import { find, type Manifest } from '../../../support/manifests';
import { emptyChart, postgresIn } from '../../../support/parts';

const collector = Peer.namespace('monitoring');

function rendered(watched: boolean) {
  const chart = emptyChart();
  const postgres = postgresIn(chart);
  postgres.allowFrom(Peer.namespace('clients'), 10);
  if (watched) {
    postgres.watched.allowMetricsFrom(collector);
  }
  const manifests = Testing.synth(chart);
  const { containers } = find(manifests, 'StatefulSet', 'matrix-postgres').spec.template.spec;
  return {
    postgres,
    names: containers.map(({ name }: Manifest) => name),
    roles: containers.find(({ name }: Manifest) => name === 'roles'),
    files: find(manifests, 'ConfigMap', 'matrix-postgres-config').data,
    ingress: find(manifests, 'NetworkPolicy', 'matrix-postgres').spec.ingress,
  };
}

it('adds an exporter, its role, its queries and its connections when a collector may read the metrics', () => {
  const { names, roles, files, ingress } = rendered(true);
  expect(names).toEqual(['postgres', 'roles', 'exporter']);
  expect(roles.env).toContainEqual({ name: 'METRICS_DATABASE', value: 'synapse' });
  expect(files['queries.yaml']).toContain('matrix_postgres:');
  expect(files['postgresql.conf']).toContain("max_connections = '22'");
  expect(JSON.stringify(ingress)).toContain('9187');
});

it('leaves no trace when no collector reads', () => {
  const { names, roles, files, ingress } = rendered(false);
  expect(names).toEqual(['postgres', 'roles']);
  expect(roles.env.map(({ name }: Manifest) => name)).toEqual(['DATABASE_USER']);
  expect(Object.keys(files)).not.toContain('queries.yaml');
  expect(files['postgresql.conf']).toContain("max_connections = '20'");
  expect(JSON.stringify(ingress)).not.toContain('9187');
});

it('knows its alerts only at the end: the archive is added by the backups', () => {
  const { postgres } = rendered(true);
  const names = () => postgres.watched.monitored.alerts.map(({ name }) => name);
  expect(names()).not.toContain('MatrixPostgresArchiveBlocked');
  postgres._archiveTo('backup', Duration.seconds(40), { app: 'agent' });
  expect(names()).toContain('MatrixPostgresArchiveBlocked');
});
