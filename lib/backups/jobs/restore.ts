import { Construct } from 'constructs';
import type { k8s } from '../../kubernetes/k8s';
import type { Identity } from '../../kubernetes/metadata/labels';
import { objectName } from '../../kubernetes/metadata/names';
import { Traffic } from '../../kubernetes/network/traffic';
import { renderCronJob } from '../../kubernetes/workloads/scheduled-job';
import { renderAccount } from '../../kubernetes/workloads/workload-account';
import type { BackupContext } from './backup-context';
import { optionalSecretsOf, secretsOf } from './backup-pod';
import { restorePod } from './restore-pod';

/** The suspended CronJob that restores: `kubectl create job --from=cronjob/matrix-restore NAME`. */
export function renderRestore(scope: Construct, id: string, name: string, context: BackupContext): void {
  const group = new Construct(scope, id);
  const { namePrefix } = context;
  const identity: Identity = { app: name, component: 'restore', namePrefix };
  const choice = objectName(namePrefix, 'matrix-restore-choice');
  const traffic = new Traffic(group, 'Traffic', identity);
  traffic.allowKubernetesApi();
  context.repository.allowFrom(traffic);
  renderAccount(group, identity, rules(context, choice));
  // Tried once: after a failure somebody should look.
  renderCronJob(group, 'Default', { identity, deadline: 24 * 3600, pod: restorePod(context, name, choice) });
}

/** Rights of a restore: to look whether everything is down, to put Secrets back, and to use up the choice. */
function rules(context: BackupContext, choice: string): k8s.PolicyRule[] {
  const { postgres, synapse } = context;
  const named = (apiGroup: string, resource: string, names: string[], ...verbs: string[]): k8s.PolicyRule => ({
    apiGroups: [apiGroup],
    resources: [resource],
    resourceNames: names,
    verbs,
  });
  const all = Object.values({ ...secretsOf(context), ...optionalSecretsOf(context) });
  const secrets = [...new Set(all.map((one) => one.secretName))];
  return [
    // Is everything down?
    named('apps', 'deployments', [synapse.workloadName], 'get'),
    named('apps', 'statefulsets', [postgres.workloadName], 'get'),
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    // Secrets go back; Kubernetes cannot limit `create` to names.
    named('', 'secrets', secrets, 'get', 'patch'),
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    named('', 'configmaps', [choice], 'delete'),
  ];
}
