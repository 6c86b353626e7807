import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Traffic } from '../../kubernetes/network/traffic';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import { repositoryContainer } from '../repository/repository-container';
import { type JobProps, jobPod } from './job-pod';

/** The suspended CronJob that lists what can be restored. */
export class ListJob extends Construct {
  constructor(scope: Construct, id: string, { facts }: JobProps) {
    super(scope, id);
    const workload = facts.workload('backup-list');
    facts.repository._allowFrom(new Traffic(this, 'Traffic', workload));
    const pod = jobPod(facts, { container: repositoryContainer(facts, { name: 'list', command: ['list'] }) });
    new ScheduledJob(this, 'Default', { workload, deadline: Duration.hours(1), pod });
  }
}
