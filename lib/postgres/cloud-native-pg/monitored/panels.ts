import { type Panel, PanelKind, seriesOnDashboard } from '../../../monitoring/panel';
import { REPLICA_LAG } from './alerts';

const P = seriesOnDashboard('matrix-database-server');
const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ ...panel, kind: PanelKind.GRAPH });

/** The dashboard of a replicated database. */
export const CLUSTER_PANELS: Panel[] = [
  graph({
    title: 'Replicas',
    description: 'Replicas that are connected to the primary.',
    unit: 'short',
    queries: [{ expression: `max(cnpg_pg_replication_streaming_replicas{${P}})`, legend: 'connected' }],
  }),
  graph({
    title: 'Lag',
    description: 'Seconds that the slowest replica is behind.',
    unit: 's',
    above: REPLICA_LAG,
    queries: [{ expression: `max(cnpg_pg_replication_lag{${P}})`, legend: 'behind' }],
  }),
  graph({
    title: 'Connections',
    description: 'Connections to all instances, by state.',
    unit: 'short',
    queries: [{ expression: `sum by (state) (cnpg_backends_total{${P}})`, legend: '{{state}}' }],
  }),
  graph({
    title: 'Size',
    description: "Size of Synapse's database.",
    unit: 'bytes',
    queries: [{ expression: `max(cnpg_pg_database_size_bytes{${P}})`, legend: 'size' }],
  }),
];
