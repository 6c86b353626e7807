import { Duration } from 'cdk8s';
import { quantile } from '../../monitoring/expressions';
import { type Alert, AlertSeverity } from '../../monitoring/monitored';

/** Seconds of the 99th percentile above which Synapse keeps everyone waiting: of its loop, and for a connection. */
export const SLOW_LOOP = 0.5;

/** Seconds of the 99th percentile of queries above which the database is slow. */
export const SLOW_QUERY = 1;

/** Times that Synapse may not be killed in an hour. */
export const RESTARTS = 3;

/** Share of the file descriptors above which new clients soon cannot connect. */
export const FILES_FULL = 0.8;

/** Share of a limit that is close to it. */
export const NEAR_LIMIT = 0.9;

/** Alerts on the processes and their way to the database. */
export function synapseAlerts(series: string): Alert[] {
  const pool = `${series},name="database-master"`;
  return [
    {
      name: 'MatrixSynapseRestarts',
      // Synapse is started again in its container, so that Kubernetes counts no restart. Only pods that still are there count.
      expression: `max(changes(process_start_time_seconds{${series}}[1h]) and process_start_time_seconds{${series}}) >= ${RESTARTS}`,
      severity: AlertSeverity.WARNING,
      summary: 'Synapse is killed again and again',
      description:
        'Everyone is disconnected for some seconds each time: Synapse was killed {{ $value }} times in an hour.',
    },
    {
      name: 'MatrixSynapseStalled',
      expression: `max(python_twisted_reactor_last_seen{${series}}) > 30`,
      holdsFor: Duration.minutes(1),
      severity: AlertSeverity.CRITICAL,
      summary: 'Synapse hangs',
      description: 'All requests wait: the main loop of Synapse has not run for {{ $value | humanizeDuration }}.',
    },
    {
      name: 'MatrixSynapseSlow',
      expression: `${quantile(0.99, 'python_twisted_reactor_tick_time', series)} > ${SLOW_LOOP}`,
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'Synapse is overloaded',
      description:
        'Everything feels slow: one step of the main loop takes {{ $value | humanizeDuration }}. The process has no CPU left.',
    },
    {
      name: 'MatrixDatabasePoolExhausted',
      // A wait is counted only when it ends, so a pool that is blocked as a whole shows in its threads.
      expression: `(${quantile(0.99, 'synapse_storage_schedule_time', series)} > ${SLOW_LOOP}) or (max(synapse_threadpool_working_threads{${pool}} / synapse_threadpool_max_threads{${pool}}) >= 1)`,
      holdsFor: Duration.minutes(5),
      severity: AlertSeverity.CRITICAL,
      summary: 'Synapse waits for connections to the database',
      description:
        'People wait for every action: requests wait for one of the connections to PostgreSQL, and all of them are in use.',
    },
    {
      name: 'MatrixDatabaseSlow',
      expression: `${quantile(0.99, 'synapse_storage_query_time', series)} > ${SLOW_QUERY}`,
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'The database answers slowly',
      description: 'The server feels slow: one query in a hundred takes {{ $value | humanizeDuration }} or longer.',
    },
    {
      name: 'MatrixSynapseFiles',
      expression: `max(process_open_fds{${series}} / process_max_fds{${series}}) > ${FILES_FULL}`,
      holdsFor: Duration.minutes(10),
      severity: AlertSeverity.WARNING,
      summary: 'Synapse has almost no file descriptors left',
      description: 'New clients cannot connect when all descriptors are used: {{ $value | humanizePercentage }} are.',
    },
    {
      name: 'MatrixSynapseThreads',
      expression: `max(synapse_threadpool_working_threads{${series}} / synapse_threadpool_max_threads{${series}}) by (name) > ${NEAR_LIMIT}`,
      holdsFor: Duration.minutes(15),
      severity: AlertSeverity.WARNING,
      summary: 'The thread pool {{ $labels.name }} of Synapse is full',
      description:
        'Uploads, mails or queries wait: {{ $value | humanizePercentage }} of the threads in {{ $labels.name }} are busy.',
    },
    ...updates(series),
    {
      name: 'MatrixForwardExtremities',
      // Not `_bucket{le="+Inf"}`, which Synapse calls `inf`.
      expression: `sum(synapse_forward_extremities_gcount{${series}}) - sum(synapse_forward_extremities_bucket{${series},le="10.0"}) > 0`,
      holdsFor: Duration.hours(2),
      severity: AlertSeverity.WARNING,
      summary: 'Rooms have a tangled history',
      description: 'Sending is slow in {{ $value }} rooms, whose history has more than ten ends.',
    },
  ];
}

function updates(series: string): Alert[] {
  const status = `max by (database_name) (synapse_background_update_status{${series}})`;
  return [
    {
      name: 'MatrixBackgroundUpdateStuck',
      // 0: they are turned off.
      expression: `${status} >= 0 and ${status} <= 2`,
      holdsFor: Duration.hours(24),
      severity: AlertSeverity.WARNING,
      summary: 'A background update of the database does not end',
      description: 'The next upgrade of Synapse may refuse to start: a background update has waited or run for a day.',
    },
    {
      name: 'MatrixBackgroundUpdateAborted',
      expression: `min by (database_name) (synapse_background_update_status{${series}}) == -1`,
      severity: AlertSeverity.WARNING,
      summary: 'A background update of the database failed',
      description:
        'The next upgrade of Synapse may refuse to start: a background update failed too often and was stopped.',
    },
  ];
}
