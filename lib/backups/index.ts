export { MatrixBackups, MatrixBackupsProps } from './matrix-backups';
