import type { Case } from './cases';

const replicas = (count: number) => ({ cnpg_pg_replication_streaming_replicas: `${count}x30` });

const primary = {
  'cnpg_pg_replication_in_recovery{pod="a"}': '0x30',
  'cnpg_pg_replication_in_recovery{pod="b"}': '1x30',
};
const WAL = 'cnpg_collector_pg_wal_archive_status';
const BACKUP = 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp';

/** A replicated database of three instances. */
export const DATABASE: Case[] = [
  {
    alert: 'MatrixDatabasePrimaryAway',
    minutes: 4,
    fires: [{ cnpg_pg_replication_in_recovery: '1x10' }, {}],
    silent: [
      { 'cnpg_pg_replication_in_recovery{pod="a"}': '1x10', 'cnpg_pg_replication_in_recovery{pod="b"}': '0x10' },
    ],
  },
  { alert: 'MatrixDatabaseReplicasAway', minutes: 3, fires: [replicas(0)], silent: [replicas(1)] },
  { alert: 'MatrixDatabaseReplicaAway', minutes: 15, fires: [replicas(1)], silent: [replicas(2)] },
  {
    alert: 'MatrixDatabaseReplicaBehind',
    minutes: 10,
    fires: [{ cnpg_pg_replication_lag: '400x30' }],
    silent: [{ cnpg_pg_replication_lag: '3x30' }],
  },
  {
    alert: 'MatrixDatabaseNotArchived',
    minutes: 15,
    fires: [{ ...primary, [`${WAL}{pod="a",value="ready"}`]: '0 1x30' }],
    silent: [
      // Once a minute, and of a former primary.
      { ...primary, [`${WAL}{pod="a",value="ready"}`]: '1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1' },
      { ...primary, [`${WAL}{pod="b",value="ready"}`]: '1x30' },
      { ...primary, [`${WAL}{pod="a",value="done"}`]: '1x30' },
    ],
  },
  {
    alert: 'MatrixDatabaseBackupOverdue',
    minutes: 1700,
    // The first one was made at the beginning, or never: time() begins at 0 here.
    fires: [{ [BACKUP]: '1x1700' }],
    silent: [{ [BACKUP]: '1x1000 60000x700' }, {}],
  },
];
