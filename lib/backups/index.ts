export type { BackupOptions, BackupsContext } from './backup-options';
export type { BackupSchedules } from './backup-schedules';
export { Backups } from './backups';
export { MatrixBackups, type MatrixBackupsProps } from './matrix-backups';
export { BackupRepository } from './repository/backup-repository';
export type { RestCredentials, RestRepositoryProps } from './repository/rest-repository';
export type { S3Credentials, S3RepositoryProps } from './repository/s3-repository';
export type { Retention } from './retention';
