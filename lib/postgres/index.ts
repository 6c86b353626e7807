export type { IBaseBackup, IMatrixDatabase } from './database';
export { DatabaseTls } from './database-tls';
export { ExternalPostgres, type ExternalPostgresProps } from './external/external-postgres';
export { MatrixPostgres, type MatrixPostgresProps } from './in-cluster/matrix-postgres';
export type { PostgresOptions } from './in-cluster/postgres-options';
export { Postgres } from './postgres';
