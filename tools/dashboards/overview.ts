import { checkedPlan } from '../../lib/backups/backup-plan';
import { FREE_ROOM } from '../../lib/backups/monitored/alerts';
import { BACKUPS_PANELS } from '../../lib/backups/monitored/panels';
import { SESSIONS_FULL } from '../../lib/edge/monitored/alerts';
import { failedShare } from '../../lib/edge/monitored/objective-alerts';
import { EDGE_PANELS } from '../../lib/edge/monitored/panels';
import { maximumAge } from '../../lib/kubernetes/schedule';
import { AVAILABILITY_OBJECTIVE, freeShare, SEND_OBJECTIVE } from '../../lib/monitoring/expressions';
import { type Panel, PanelKind, seriesOnDashboard } from '../../lib/monitoring/panel';
import { CONNECTIONS_FULL } from '../../lib/postgres/in-cluster/exporter/alerts';
import { FILES_FULL, NEAR_LIMIT } from '../../lib/synapse/monitored/alerts';
import { SYNAPSE_PANELS } from '../../lib/synapse/monitored/panels';
import { LATE, LATE_SHARE } from '../../lib/synthetic-user/monitored/alerts';
import { lateShare, stepsFailing } from '../../lib/synthetic-user/monitored/expressions';
import { SYNTHETIC_USER_PANELS } from '../../lib/synthetic-user/monitored/panels';
import type { Row } from './dashboard';

const E = seriesOnDashboard('matrix-edge');
const S = seriesOnDashboard('matrix-synapse');
const P = seriesOnDashboard('matrix-postgres');
const B = seriesOnDashboard('matrix-backup-agent');
const U = seriesOnDashboard('matrix-synthetic-user');
const SEND = 'servlet="RoomSendEventRestServlet"';
const TIME = 'synapse_http_server_response_time_seconds';
/** A dashboard is the same for every system, so red is what the default would be. */
const { schedules, recoveryPointObjective } = checkedPlan({});

type Limits = Pick<Panel, 'above' | 'below'>;

function number(title: string, description: string, unit: string, expression: string, limits: Limits): Panel {
  const { above, below } = limits;
  return { title, description, unit, kind: PanelKind.NUMBER, queries: [{ expression, legend: title }], above, below };
}

const named = (panels: Panel[], title: string): Panel[] => panels.filter((panel) => panel.title === title);
const up = (title: string, series: string, description: string) =>
  number(title, description, 'none', `sum(up{${series}}) or vector(0)`, { below: 1 });
const age = (job: string) =>
  `time() - max(matrix_${job}_last_success_timestamp_seconds{${B}} or matrix_agent_first_seen_timestamp_seconds{${B}})`;

/** What an operator looks at first: can people write, are the backups good, what is near its limit? */
export const OVERVIEW: Row[] = [
  {
    title: 'What is wrong now',
    panels: [
      {
        title: 'Alerts',
        description:
          'Alerts that fire, critical ones first. Each has a runbook of its name. A row "none": this table works, and nothing fires.',
        kind: PanelKind.TABLE,
        unit: 'none',
        queries: [
          {
            expression: `max by (alertname, severity, part) (ALERTS{namespace="$namespace",alertname=~"Matrix.*",alertstate="firing"}) or on () label_replace(vector(0), "alertname", "none", "", "")`,
            legend: '{{alertname}}',
          },
        ],
      },
    ],
  },
  {
    title: 'Can people write?',
    panels: [
      number(
        'Availability',
        `Requests without an error of the server in the last hour. The objective is ${AVAILABILITY_OBJECTIVE * 100} %.`,
        'percentunit',
        `1 - ${failedShare(E, '1h')}`,
        { below: AVAILABILITY_OBJECTIVE },
      ),
      number(
        'Sent within 1 s',
        `Messages that were accepted in time, in the last hour. The objective is ${SEND_OBJECTIVE * 100} %. 100 % while there are none.`,
        'percentunit',
        `(sum(rate(${TIME}_bucket{${S},${SEND},le="1.0"}[1h])) / (sum(rate(${TIME}_count{${S},${SEND}}[1h])) > 0)) or vector(1)`,
        { below: SEND_OBJECTIVE },
      ),
      number(
        'Sent per hour',
        'Messages that clients sent.',
        'short',
        `sum(increase(${TIME}_count{${S},${SEND}}[1h])) or vector(0)`,
        {},
      ),
      up('Synapse', S, 'Processes that answer. 0: nothing works.'),
      number('PostgreSQL', '1: it answers. 0: nothing works.', 'none', `max(pg_up{${P}}) or vector(0)`, { below: 1 }),
      up('Proxies', E, 'Proxies that answer. One is enough, two survive a loss.'),
      number(
        'Steps that fail',
        'Steps of the synthetic user that have not succeeded for five minutes. No data: there is none.',
        'none',
        `count(${stepsFailing(U)}) or count(up{${U}}) * 0`,
        { above: 1 },
      ),
      number(
        `Arrived in ${LATE} s`,
        'Messages of the synthetic user that its other account got in time, in the last hour. No data: there is none.',
        'percentunit',
        `1 - ${lateShare('deliver', LATE, U, '1h')}`,
        { below: 1 - LATE_SHARE },
      ),
      ...named(EDGE_PANELS, 'Failed requests'),
      ...named(SYNAPSE_PANELS, 'Time to send a message'),
      ...named(SYNTHETIC_USER_PANELS, 'Time from one person to the other'),
    ],
  },
  {
    title: 'Are the backups good?',
    panels: [
      number(
        'Last backup',
        'Time since the last backup; before the first, since it was first watched. One is made every night by default.',
        's',
        age('backup'),
        {
          above: maximumAge(schedules.backup),
        },
      ),
      number(
        'Last drill',
        'Time since a backup was last restored to prove it; before the first, since it was first watched. Weekly by default.',
        's',
        age('drill'),
        {
          above: maximumAge(schedules.drill),
        },
      ),
      number(
        'Could be lost',
        'Age of the oldest WAL that is not in the repository, whether or not PostgreSQL could archive it.',
        's',
        `max(matrix_log_unshipped_seconds{${B}} or matrix_postgres_wal_waiting_seconds{${P}})`,
        { above: recoveryPointObjective.toSeconds() },
      ),
      number('Problems', 'Parts of the backups with a problem.', 'none', `sum(matrix_backup_problem{${B}})`, {
        above: 1,
      }),
      number(
        'Password is safe',
        '1: it is confirmed that the backup password is saved elsewhere. 0: the backups are lost with the cluster.',
        'none',
        `max(matrix_backup_password_escrowed{${B}})`,
        { below: 1 },
      ),
      number('Free room', 'Share of the backup claim that is free.', 'percentunit', freeShare('backup', B), {
        below: FREE_ROOM,
      }),
      ...named(BACKUPS_PANELS, 'Age of the last success'),
      ...named(BACKUPS_PANELS, 'Messages that could be lost'),
    ],
  },
  {
    title: 'What is near its limit?',
    panels: [
      number(
        'Database connections',
        'Share that is in use.',
        'percentunit',
        `max(matrix_postgres_connections{${P}} / matrix_postgres_connections_limit{${P}})`,
        { above: CONNECTIONS_FULL },
      ),
      number(
        'Client connections',
        'Share of the connections of the busiest proxy.',
        'percentunit',
        `max(haproxy_frontend_current_sessions{${E},proxy="public"} / haproxy_frontend_limit_sessions{${E},proxy="public"})`,
        { above: SESSIONS_FULL },
      ),
      number(
        'CPU of Synapse',
        'Share of a core. One process can use one.',
        'percentunit',
        `max(rate(process_cpu_seconds_total{${S}}[5m]))`,
        { above: NEAR_LIMIT },
      ),
      number(
        'File descriptors',
        'Share of the descriptors of Synapse.',
        'percentunit',
        `max(process_open_fds{${S}} / process_max_fds{${S}})`,
        { above: FILES_FULL },
      ),
      number('Memory of Synapse', 'Resident memory.', 'bytes', `max(process_resident_memory_bytes{${S}})`, {}),
      number('Size of the database', 'With indexes.', 'bytes', `max(matrix_postgres_database_bytes{${P}})`, {}),
    ],
  },
];
