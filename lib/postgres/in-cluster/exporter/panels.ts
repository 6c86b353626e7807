import { type Panel, PanelKind, seriesOnDashboard } from '../../../monitoring/panel';
import { CONNECTIONS_FULL, DEAD_ROWS, LONG_TRANSACTION, WRAPAROUND } from './alerts';

const P = seriesOnDashboard('matrix-postgres');
const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ ...panel, kind: PanelKind.GRAPH });

/** The dashboard of the database. */
export const POSTGRES_PANELS: Panel[] = [
  graph({
    title: 'Connections',
    description: 'Share of the connections that are in use.',
    unit: 'percentunit',
    above: CONNECTIONS_FULL,
    queries: [
      {
        expression: `max(matrix_postgres_connections{${P}} / matrix_postgres_connections_limit{${P}})`,
        legend: 'in use',
      },
    ],
  }),
  graph({
    title: 'Oldest transaction',
    description: 'Vacuum removes nothing that is younger than it.',
    unit: 's',
    above: LONG_TRANSACTION,
    queries: [{ expression: `max(matrix_postgres_oldest_transaction_seconds{${P}})`, legend: 'age' }],
  }),
  graph({
    title: 'Transactions',
    description: 'Transactions a second of all databases. Many that are rolled back mean errors.',
    unit: 'cps',
    queries: [
      { expression: `sum(rate(pg_stat_database_xact_commit{${P}}[$__rate_interval]))`, legend: 'committed' },
      { expression: `sum(rate(pg_stat_database_xact_rollback{${P}}[$__rate_interval]))`, legend: 'rolled back' },
    ],
  }),
  graph({
    title: 'Size',
    description: "Size of Synapse's database and of its largest tables, with their indexes.",
    unit: 'bytes',
    queries: [
      { expression: `max(matrix_postgres_database_bytes{${P}})`, legend: 'all' },
      { expression: `topk(5, max by (table) (matrix_postgres_table_bytes{${P}}))`, legend: '{{table}}' },
    ],
  }),
  graph({
    title: 'Dead rows',
    description:
      'Share of the rows that vacuum has not removed yet, of the largest tables the five with most. Tables of under 1,000 rows count as if they had 1,000.',
    unit: 'percentunit',
    above: DEAD_ROWS,
    queries: [
      {
        expression: `topk(5, max by (table) (matrix_postgres_table_dead_rows{${P}} / clamp_min(matrix_postgres_table_live_rows{${P}} + matrix_postgres_table_dead_rows{${P}}, 1000)))`,
        legend: '{{table}}',
      },
    ],
  }),
  graph({
    title: 'WAL that waits for the archive',
    description: 'Age of the oldest segment that is not archived. It is 0 most of the time.',
    unit: 's',
    queries: [{ expression: `max(matrix_postgres_wal_waiting_seconds{${P}})`, legend: 'age' }],
  }),
  graph({
    title: 'Unfrozen transactions',
    description: 'PostgreSQL refuses writes at 2,000 million.',
    unit: 'short',
    above: WRAPAROUND,
    queries: [{ expression: `max(matrix_postgres_unfrozen_transactions{${P}})`, legend: 'transactions' }],
  }),
  graph({
    title: 'Damaged pages',
    description: 'Pages that did not match their checksum. Any is too many.',
    unit: 'none',
    above: 0.5,
    queries: [{ expression: `max(matrix_postgres_checksum_failures_total{${P}})`, legend: 'pages' }],
  }),
];
