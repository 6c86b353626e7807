export type { IBaseBackup, IMatrixDatabase } from './database';
export { DatabaseTls } from './database-tls';
export { ExternalPostgres, type ExternalPostgresProps } from './external/external-postgres';
export { MatrixPostgres } from './in-cluster/matrix-postgres';
export type { MatrixPostgresProps, PostgresOptions } from './in-cluster/postgres-options';
export { Postgres } from './postgres';
