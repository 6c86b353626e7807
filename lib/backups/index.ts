export type { BackupOptions } from './backup-options';
export { BackupRepository } from './backup-repository';
export { MatrixBackups, type MatrixBackupsProps } from './matrix-backups';
export type { RestCredentials, RestRepositoryProps } from './rest-repository';
export type { RetentionProps } from './retention';
export type { S3Credentials, S3RepositoryProps } from './s3-repository';
