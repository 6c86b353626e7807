import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Traffic } from '../../kubernetes/network/traffic';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import { repositoryContainer } from '../repository/repository-container';
import { type JobProps, jobPod } from './job-pod';

/** The suspended CronJob that reads and checks everything in the repository. */
export class VerifyJob extends Construct {
  constructor(scope: Construct, id: string, { facts }: JobProps) {
    super(scope, id);
    const workload = facts.workload('backup-verify');
    facts.repository._allowFrom(new Traffic(this, 'Traffic', workload));
    const pod = jobPod(facts, { container: repositoryContainer(facts, { name: 'verify', command: ['verify'] }) });
    new ScheduledJob(this, 'Default', { workload, deadline: Duration.hours(24), pod });
  }
}
