export { MatrixBackups, type MatrixBackupsProps } from './matrix-backups';
