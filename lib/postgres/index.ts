export { IMatrixPostgres } from './database';
export { DatabaseTls } from './database-tls';
export { ExternalPostgresProps } from './external-postgres';
export { MatrixPostgres, MatrixPostgresProps } from './matrix-postgres';
