export type { IMatrixPostgres } from './database';
export { DatabaseTls } from './database-tls';
export type { ExternalPostgresProps } from './external-postgres';
export { MatrixPostgres } from './matrix-postgres';
export type { MatrixPostgresProps } from './matrix-postgres-props';
export { WalReceiver, type WalReceiverProps } from './wal-receiver';
