import type { Case } from './cases';

const replicas = (count: number) => ({ cnpg_pg_replication_streaming_replicas: `${count}x30` });

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
];
