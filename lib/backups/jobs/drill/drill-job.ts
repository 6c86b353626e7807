import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Traffic } from '../../../kubernetes/network/traffic';
import { ScheduledJob } from '../../../kubernetes/workloads/scheduled-job';
import { WorkloadAccount } from '../../../kubernetes/workloads/workload-account';
import type { RecurringJobProps } from '../job-pod';
import { allowDrillCluster, CLUSTER_SIDECARS, grantDrillCluster } from './drill-cluster';
import { drillPod } from './drill-pod';
import { SIDECARS } from './drill-system';

/**
 * The restore drill: the newest backup is restored beside the running system and checked. Nothing can connect to it,
 * and it connects to an off-site repository only. Where an operator restores the database, it also connects to the
 * Kubernetes API and to both databases.
 */
export class DrillJob extends Construct {
  constructor(scope: Construct, id: string, { facts, schedule }: RecurringJobProps) {
    super(scope, id);
    const workload = facts.workload('restore-drill');
    const traffic = new Traffic(this, 'Traffic', workload);
    if (facts.recoverable) {
      allowDrillCluster(traffic, facts.recoverable);
      grantDrillCluster(new WorkloadAccount(this, 'Account', workload), facts.recoverable);
    }
    facts.repository._allowFrom(traffic);
    new ScheduledJob(this, 'Default', {
      workload,
      schedule,
      deadline: Duration.hours(4),
      // Restored data is as secret as the database itself.
      timeToLive: Duration.hours(24),
      pod: drillPod(facts, workload.app),
      sidecars: facts.recoverable ? CLUSTER_SIDECARS : facts.ownDatabase ? SIDECARS : [],
    });
  }
}
