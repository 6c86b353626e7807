import type { Case, Series } from './cases';

const problem = (part: string, value = 1): Series => ({ [`matrix_backup_problem{part="${part}"}`]: `${value}x100` });
const reports = (alert: string, minutes: number, parts: string[]): Case => ({
  alert,
  minutes,
  fires: parts.map((part) => problem(part)),
  silent: [problem(parts[0], 0), problem('another')],
});
const free = (bytes: number, volume = 'backup'): Series => ({
  [`matrix_${volume}_volume_free_bytes`]: `${bytes}x100`,
  [`matrix_${volume}_volume_size_bytes`]: '100x100',
});

/** Backups and drills. */
export const BACKUPS: Case[] = [
  { alert: 'MatrixBackupAgentDown', minutes: 15, fires: [{ up: '0x20' }, {}], silent: [{ up: '1x20' }] },
  reports('MatrixBackupOverdue', 10, ['backup']),
  reports('MatrixDrillOverdue', 10, ['drill']),
  reports('MatrixBackupJobOverdue', 10, ['prune', 'dump']),
  reports('MatrixBackupAgentProblem', 20, ['annotations', 'notes']),
  reports('MatrixWalNotUploaded', 5, ['archive', 'log']),
  { alert: 'MatrixBackupVolumeFull', minutes: 20, fires: [free(10)], silent: [free(50)] },
  {
    alert: 'MatrixDatabaseVolumeFull',
    minutes: 15,
    fires: [free(5, 'database')],
    silent: [free(50, 'database'), {}],
  },
  {
    alert: 'MatrixBackupPasswordNotEscrowed',
    minutes: 1450,
    fires: [{ matrix_backup_password_escrowed: '0x1500' }],
    silent: [{ matrix_backup_password_escrowed: '1x1500' }, { matrix_backup_password_escrowed: '0x1000 1x500' }],
  },
  {
    alert: 'MatrixRecoveryPointMissed',
    minutes: 20,
    fires: [{ matrix_log_recovery_point_seconds: '90x30' }],
    silent: [{ matrix_log_recovery_point_seconds: '45x30' }],
  },
];
