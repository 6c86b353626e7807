import { Chart, Size } from 'cdk8s';
import {
  MatrixApp,
  MatrixBackups,
  MatrixDiscovery,
  MatrixPostgres,
  MatrixSecrets,
  MatrixSynapse,
  Peer,
} from 'oriso-matrix';

const app = new MatrixApp();
const chart = new Chart(app, 'matrix', { namespace: 'matrix', disableResourceNameHashes: true });

// The parts of MatrixChart, put together by hand.
const secrets = MatrixSecrets.generated().bind(chart, 'Secrets', { database: 'synapse', user: 'synapse_user' });
const postgres = new MatrixPostgres(chart, 'Postgres', {
  secrets,
  storage: Size.gibibytes(100),
  parameters: { log_min_duration_statement: '1s' },
});
const synapse = new MatrixSynapse(chart, 'Synapse', {
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  postgres,
  secrets,
});
new MatrixBackups(chart, 'Backups', {
  postgres,
  synapse,
  secrets,
  backupSchedule: '30 1 * * *',
  keepDaily: 14,
  backupStorage: Size.gibibytes(500),
});
new MatrixDiscovery(chart, 'Discovery', {
  sites: [{ serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' }],
});

synapse.allowFrom(Peer.namespace('ingress'));
synapse.allowMetricsFrom(Peer.pods({ 'app.kubernetes.io/name': 'prometheus' }, 'monitoring'));

app.synth();
