import { Duration } from 'cdk8s';
import { freeShare, unreachable, VOLUME_FULL } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';
import type { BackupPlan } from '../backup-plan';

/** Facts that the thresholds follow from. */
export interface BackupAlertFacts {
  /** Matchers of the series of the agent. */
  readonly series: string;
  readonly plan: Pick<BackupPlan, 'recoveryPointObjective'>;
  /** Whether the database is backed up here. */
  readonly ownDatabase: boolean;
}

/** Share of the backup claim below which a backup may not fit any more. */
export const FREE_ROOM = 0.15;

/** Alerts on backups, from the agent's metrics. It counts what never succeeded from the first day on. */
export function backupAlerts({ series, plan, ownDatabase }: BackupAlertFacts): Alert[] {
  const problem = (parts: string) => `max by (part) (matrix_backup_problem{${series},part=~"${parts}"}) == 1`;
  return [
    {
      name: 'MatrixBackupAgentDown',
      expression: unreachable(series),
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.CRITICAL,
      summary: 'The backup agent does not answer',
      description: 'New messages are not saved off the database, and a failing backup would go unnoticed.',
    },
    {
      name: 'MatrixBackupOverdue',
      expression: problem('backup'),
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.CRITICAL,
      summary: 'The last backup is too old',
      description: 'Media of more than a day would be lost with the volumes: no backup has succeeded in time.',
    },
    {
      name: 'MatrixDrillOverdue',
      expression: problem('drill'),
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.WARNING,
      summary: 'No restore drill has succeeded in time',
      description: 'It is not known whether the backups can be restored: the last drill failed or did not run.',
    },
    {
      name: 'MatrixBackupJobOverdue',
      expression: problem('prune|dump'),
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.WARNING,
      summary: 'The backup job {{ $labels.part }} has not succeeded in time',
      description:
        'The repository grows, is not checked, or has no recent dump: {{ $labels.part }} failed or did not run.',
    },
    {
      name: 'MatrixBackupAgentProblem',
      expression: problem('annotations|notes'),
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'The backup agent cannot note what it sees',
      description: 'Backups go on, but kubectl and the next drill show old results: writing {{ $labels.part }} fails.',
    },
    {
      name: 'MatrixBackupVolumeFull',
      expression: `${freeShare('backup', series)} < ${FREE_ROOM}`,
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'The backup claim is almost full',
      description:
        'Backups will fail, and then the volume of the database fills: only {{ $value | humanizePercentage }} are free.',
    },
    {
      name: 'MatrixBackupPasswordNotEscrowed',
      expression: `max(matrix_backup_password_escrowed{${series}}) == 0`,
      // A new installation has a day for it.
      holdsFor: Duration.hours(24),
      severity: AlertSeverity.WARNING,
      summary: 'The backup password exists only in the cluster',
      description:
        'All messages are lost if the cluster is: nothing opens the backups without the password of the repository.',
    },
    ...(ownDatabase ? ofWal(series, problem('archive|log'), plan.recoveryPointObjective) : []),
  ];
}

function ofWal(series: string, problem: string, objective: Duration): Alert[] {
  return [
    {
      name: 'MatrixDatabaseVolumeFull',
      expression: `${freeShare('database', series)} < ${VOLUME_FULL}`,
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.CRITICAL,
      summary: 'The claim of the database is almost full',
      description:
        'People cannot send messages once the claim is full: only {{ $value | humanizePercentage }} are free.',
    },
    {
      name: 'MatrixWalNotUploaded',
      expression: problem,
      holdsFor: Duration.minutes(2),
      severity: AlertSeverity.CRITICAL,
      summary: 'New messages do not reach the backup repository',
      description:
        'Messages since the problem began would be lost with the volumes: the WAL is not archived or not uploaded.',
    },
    {
      name: 'MatrixRecoveryPointMissed',
      // The agent gives the worst value of the last day.
      expression: `max(matrix_log_recovery_point_seconds{${series}}) > ${objective.toSeconds()}`,
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'The recovery point objective was missed today',
      description: `Up to {{ $value | humanizeDuration }} of messages could have been lost. The objective is ${objective.toSeconds()} s.`,
    },
  ];
}
