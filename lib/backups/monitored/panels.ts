import { freeShare } from '../../monitoring/expressions';
import { type Panel, PanelKind, seriesOnDashboard } from '../../monitoring/panel';
import { FREE_ROOM } from './alerts';

const B = seriesOnDashboard('matrix-backup-agent');
const graph = (panel: Omit<Panel, 'kind'>): Panel => ({ ...panel, kind: PanelKind.GRAPH });

/** The dashboard of backups and drills. */
export const BACKUPS_PANELS: Panel[] = [
  graph({
    title: 'Problems',
    description: '1: the agent has found a problem with this part. Its runbook says what to do.',
    unit: 'none',
    above: 0.5,
    queries: [{ expression: `max by (part) (matrix_backup_problem{${B}})`, legend: '{{part}}' }],
  }),
  graph({
    title: 'Age of the last success',
    description: 'Time since each job last succeeded. Before its first success: since the claim was first watched.',
    unit: 's',
    queries: [
      ['backup', 'last backup'],
      ['prune', 'last check'],
      ['drill', 'last drill'],
      ['dump', 'last dump'],
    ].map(([job, legend]) => ({
      expression: `time() - max(matrix_${job}_last_success_timestamp_seconds{${B}} or matrix_agent_first_seen_timestamp_seconds{${B}})`,
      legend,
    })),
  }),
  graph({
    title: 'Messages that could be lost',
    description:
      'Age of the oldest archived WAL that is not in the repository, and the worst of the last day (RPO). What PostgreSQL cannot archive waits beside its database: see Problems.',
    unit: 's',
    queries: [
      { expression: `max(matrix_log_unshipped_seconds{${B}})`, legend: 'not uploaded now' },
      { expression: `max(matrix_log_recovery_point_seconds{${B}})`, legend: 'worst of the day' },
    ],
  }),
  graph({
    title: 'Free room for backups',
    description: 'Share of the backup claim that is free.',
    unit: 'percentunit',
    below: FREE_ROOM,
    queries: [
      {
        expression: freeShare('backup', B),
        legend: 'free',
      },
    ],
  }),
  graph({
    title: 'Archived WAL',
    description: 'WAL segments that PostgreSQL archives, and attempts that failed.',
    unit: 'cpm',
    queries: [
      { expression: `60 * sum(rate(matrix_log_archived_files{${B}}[$__rate_interval]))`, legend: 'archived' },
      { expression: `60 * sum(rate(matrix_log_archive_failures{${B}}[$__rate_interval]))`, legend: 'failed' },
    ],
  }),
];
