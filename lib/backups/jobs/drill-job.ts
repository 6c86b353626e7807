import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Traffic } from '../../kubernetes/network/traffic';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import { drillPod } from './drill-pod';
import { SIDECARS } from './drill-system';
import type { RecurringJobProps } from './job-pod';

/**
 * The restore drill: the newest backup is restored beside the running system and checked. Nothing can connect to it,
 * and it connects to an off-site repository only.
 */
export class DrillJob extends Construct {
  constructor(scope: Construct, id: string, { facts, schedule }: RecurringJobProps) {
    super(scope, id);
    const workload = facts.workload('restore-drill');
    facts.repository._allowFrom(new Traffic(this, 'Traffic', workload));
    new ScheduledJob(this, 'Default', {
      workload,
      schedule,
      deadline: Duration.hours(4),
      // Restored data is as secret as the database itself.
      timeToLive: Duration.hours(24),
      pod: drillPod(facts),
      sidecars: facts.ownDatabase ? SIDECARS : [],
    });
  }
}
