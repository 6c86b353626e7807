import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { WorkloadLabels } from '../../kubernetes/metadata/labels';
import { Traffic } from '../../kubernetes/network/traffic';
import { ScheduledJob } from '../../kubernetes/workloads/scheduled-job';
import { SECRETS, WorkloadAccount } from '../../kubernetes/workloads/workload-account';
import type { BackupFacts } from '../backup-facts';
import type { JobProps } from './job-pod';
import { restorePod } from './restore-pod';

/** The suspended CronJob that restores: `kubectl create job --from=cronjob/matrix-restore NAME`. */
export class RestoreJob extends Construct {
  constructor(scope: Construct, id: string, { facts }: JobProps) {
    super(scope, id);
    const workload = facts.workload('restore');
    const traffic = new Traffic(this, 'Traffic', workload);
    traffic.allowKubernetesApi();
    facts.repository._allowFrom(traffic);
    this.grantRights(facts, workload);
    // No retries: after a failure an operator should read the messages.
    const pod = restorePod(facts, workload.app);
    new ScheduledJob(this, 'Default', { workload, deadline: Duration.hours(24), pod });
  }

  private grantRights(facts: BackupFacts, workload: WorkloadLabels): void {
    const { homeserver, ownDatabase, secrets, optionalSecrets } = facts;
    const account = new WorkloadAccount(this, 'Account', workload);
    // To check that everything is scaled to 0 and gone.
    account.allow(['get'], { apiGroup: 'apps', resourceType: 'deployments' }, homeserver.workloadName);
    if (ownDatabase) {
      account.allow(['get'], { apiGroup: 'apps', resourceType: 'statefulsets' }, ownDatabase.backup.workloadName);
    }
    for (const [kind, name] of homeserver.workerWorkloads.map((one) => one.split('/'))) {
      account.allow(['get'], { apiGroup: 'apps', resourceType: `${kind}s` }, name);
    }
    account.allow(['list'], { apiGroup: '', resourceType: 'pods' });
    // To restore Secrets. Kubernetes cannot limit `create` to names.
    const names = Object.values({ ...secrets, ...optionalSecrets }).map(({ secretName }) => secretName);
    account.allow(['get', 'patch'], SECRETS, ...new Set(names));
    account.allow(['create'], SECRETS);
    // To delete the choice, which is for one restore only.
    account.allow(['delete'], { apiGroup: '', resourceType: 'configmaps' }, facts.choiceName);
  }
}
