import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checked } from '../kubernetes/checks/checked';
import { fileBeside } from '../kubernetes/files';
import { k8s } from '../kubernetes/k8s';
import { labelsOf } from '../kubernetes/metadata/labels';
import { CRON_JOB_NAME_LENGTH } from '../kubernetes/metadata/names';
import type { IPeer, Peer } from '../kubernetes/network/peer';
import { Traffic } from '../kubernetes/network/traffic';
import { Schedule } from '../kubernetes/schedule';
import { resources as amounts } from '../kubernetes/workloads/resources';
import { ScheduledJob } from '../kubernetes/workloads/scheduled-job';
import type { IMonitored, Monitored } from '../monitoring/monitored';
import { adminSession } from '../python/admin-session';
import { SYNAPSE_ADMIN } from '../python/python';
import { pythonPod } from '../python/python-pod';
import { checkedAdministrator, checkedAge } from './checks';
import { upkeepAlerts } from './upkeep-alerts';
import type { UpkeepContext } from './upkeep-context';
import type { UpkeepOptions } from './upkeep-options';

/** Props of {@link MatrixUpkeep}. */
export interface MatrixUpkeepProps extends UpkeepContext, UpkeepOptions {}

/** Seconds to wait for Synapse: longer than a rollout. */
const PATIENCE = 600;

/**
 * A CronJob that deletes what its props name through the admin API.
 *
 * It works through the rooms one by one. A run that was interrupted is continued by the next.
 *
 * @see https://element-hq.github.io/synapse/latest/admin_api/rooms.html
 */
@checked
export class MatrixUpkeep extends Construct implements IMonitored, IPeer {
  /** Its pods as one side of a connection. */
  public readonly peer: Peer;
  public readonly monitored: Monitored;

  constructor(scope: Construct, id: string, props: MatrixUpkeepProps) {
    super(scope, id);
    const { system, edge, schedule = Schedule.daily('01:20') } = props;
    const session = adminSession(edge, checkedAdministrator(props), PATIENCE);
    const abandonedRoomsAfter = checkedAge(props.abandonedRoomsAfter);
    const workload = system.labels('matrix-upkeep', 'upkeep', CRON_JOB_NAME_LENGTH);
    const traffic = new Traffic(this, 'Traffic', workload);
    this.peer = traffic.peer;
    traffic.allowDns();
    edge.allowAdminFrom(this);
    const settings = { ...session.settings, abandonedRoomsAfter, federates: props.homeserver.federates };
    const config = new k8s.KubeConfigMap(this, 'Config', {
      metadata: { name: workload.app, labels: labelsOf(workload) },
      data: {
        ...SYNAPSE_ADMIN,
        'upkeep.py': fileBeside(__dirname, 'upkeep.py'),
        'settings.json': `${JSON.stringify(settings, null, 2)}\n`,
      },
    });
    const pod = pythonPod(system, {
      name: 'upkeep',
      program: 'upkeep.py',
      configMapName: config.name,
      secrets: session.secrets,
      resources: props.resources ?? amounts(10, 32, 128),
    });
    new ScheduledJob(this, 'Default', { workload, schedule, deadline: Duration.hours(6), retries: 2, pod });
    this.monitored = { part: 'upkeep', ports: [], alerts: upkeepAlerts(this, workload.app, schedule) };
  }

  /** It has no port: kube-state-metrics tells how its runs ended. */
  public allowMetricsFrom(_collector: IPeer): void {}
}
