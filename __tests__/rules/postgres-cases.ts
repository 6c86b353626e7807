import type { Case, Series } from './cases';

const connections = (count: number): Series => ({
  matrix_postgres_connections: `${count}x100`,
  matrix_postgres_connections_limit: '29x100',
});
const rows = (live: number, dead: number): Series => ({
  'matrix_postgres_table_live_rows{table="events"}': `${live}x500`,
  'matrix_postgres_table_dead_rows{table="events"}': `${dead}x500`,
});

/** The database. */
export const POSTGRES: Case[] = [
  {
    alert: 'MatrixPostgresDown',
    minutes: 6,
    fires: [{ up: '1x10', pg_up: '0x10' }, { up: '0x10' }, {}],
    silent: [{ up: '1x10', pg_up: '1x10' }],
  },
  { alert: 'MatrixPostgresConnections', minutes: 10, fires: [connections(27)], silent: [connections(10)] },
  {
    alert: 'MatrixPostgresChecksums',
    minutes: 1,
    fires: [{ matrix_postgres_checksum_failures_total: '3x10' }],
    silent: [{ matrix_postgres_checksum_failures_total: '0x10' }],
  },
  {
    alert: 'MatrixPostgresLongTransaction',
    minutes: 10,
    fires: [{ matrix_postgres_oldest_transaction_seconds: '4000x20' }],
    silent: [{ matrix_postgres_oldest_transaction_seconds: '10x20' }],
  },
  {
    alert: 'MatrixPostgresWraparound',
    minutes: 70,
    fires: [{ matrix_postgres_unfrozen_transactions: '600000000x100' }],
    silent: [{ matrix_postgres_unfrozen_transactions: '210000000x100' }],
  },
  {
    alert: 'MatrixPostgresDeadRows',
    minutes: 370,
    fires: [rows(1e6, 2e6)],
    silent: [rows(1e7, 2e6), rows(10, 1000)],
  },
  {
    alert: 'MatrixPostgresArchiveBlocked',
    minutes: 3,
    fires: [{ matrix_postgres_wal_waiting_seconds: '200x10' }],
    silent: [{ matrix_postgres_wal_waiting_seconds: '2x10' }],
  },
  {
    alert: 'MatrixWalReceiverAway',
    minutes: 3,
    fires: [{ matrix_postgres_synchronous_receivers: '0x10' }],
    silent: [{ matrix_postgres_synchronous_receivers: '1x10' }],
  },
];
