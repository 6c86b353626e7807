import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Traffic } from '../../kubernetes/network/traffic';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import { repositoryContainer } from '../repository/repository-container';
import { jobPod, type RecurringJobProps } from './job-pod';

/** The job that removes old backups, as the only one that may, and reads and checks a part of the repository. */
export class PruneJob extends Construct {
  constructor(scope: Construct, id: string, { facts, schedule }: RecurringJobProps) {
    super(scope, id);
    const workload = facts.workload('backup-prune');
    facts.repository._allowFrom(new Traffic(this, 'Traffic', workload), true);
    const container = repositoryContainer(facts, { name: 'prune', command: ['prune'], prune: true });
    const pod = jobPod(facts, { container });
    new ScheduledJob(this, 'Default', { workload, schedule, deadline: Duration.hours(12), pod });
  }
}
