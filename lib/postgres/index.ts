export type { ClusterArchiveOptions, ClusterRestore } from './cloud-native-pg/backup/cluster-archive';
export { ClusterBackup } from './cloud-native-pg/backup/cluster-backup';
export type { PluginArchiveOptions } from './cloud-native-pg/backup/plugin-archive';
export type { S3ArchiveOptions } from './cloud-native-pg/backup/s3-archive';
export {
  type CloudNativePgOptions,
  type CloudNativePostgresProps,
  Durability,
} from './cloud-native-pg/cloud-native-pg-options';
export { CloudNativePostgres } from './cloud-native-pg/cloud-native-postgres';
export type { IBaseBackup, IDatabaseRecovery, IMatrixDatabase } from './database';
export { DatabaseTls } from './database-tls';
export { ExternalPostgres, type ExternalPostgresProps } from './external/external-postgres';
export { MatrixPostgres } from './in-cluster/matrix-postgres';
export type { MatrixPostgresProps, PostgresOptions } from './in-cluster/postgres-options';
export { Postgres } from './postgres';
