export {
  type CloudNativePgOptions,
  type CloudNativePostgresProps,
  Durability,
} from './cloud-native-pg/cloud-native-pg-options';
export { CloudNativePostgres } from './cloud-native-pg/cloud-native-postgres';
export { ClusterBackup, type ClusterBackupOptions } from './cloud-native-pg/cluster-backup';
export type { IBaseBackup, IMatrixDatabase } from './database';
export { DatabaseTls } from './database-tls';
export { ExternalPostgres, type ExternalPostgresProps } from './external/external-postgres';
export { MatrixPostgres } from './in-cluster/matrix-postgres';
export type { MatrixPostgresProps, PostgresOptions } from './in-cluster/postgres-options';
export { Postgres } from './postgres';
