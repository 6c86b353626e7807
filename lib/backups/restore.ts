import { Construct } from 'constructs';
import { renderAccount } from '../kubernetes/account';
import { k8s } from '../kubernetes/k8s';
import { type Identity, labelsOf } from '../kubernetes/labels';
import { objectName } from '../kubernetes/names';
import { Traffic } from '../kubernetes/traffic';
import type { MatrixPostgres } from '../postgres/matrix-postgres';
import type { MatrixSynapse } from '../synapse/matrix-synapse';
import { restorePod } from './restore-pod';

/** What a restore must know. */
export interface RestoreProps {
  readonly postgres: MatrixPostgres;
  readonly synapse: MatrixSynapse;
  readonly name: string;
  readonly claimName: string;
  readonly configMapName: string;
  readonly namePrefix?: string;
}

/** The suspended CronJob that restores a set: `kubectl create job --from=cronjob/matrix-restore NAME`. */
export function renderRestore(scope: Construct, id: string, props: RestoreProps): void {
  const group = new Construct(scope, id);
  const part: Identity = { app: props.name, component: 'restore', namePrefix: props.namePrefix };
  const choice = objectName(props.namePrefix, 'matrix-restore-choice');
  new Traffic(group, 'Traffic', part).allowKubernetesApi();
  renderAccount(group, part, rules(props, choice));
  const metadata = { labels: labelsOf(part) };
  new k8s.KubeCronJob(group, 'Default', {
    metadata: { name: props.name, ...metadata },
    spec: {
      // Never by the clock: a Job is made from it by hand.
      suspend: true,
      schedule: '@yearly',
      concurrencyPolicy: 'Forbid',
      jobTemplate: {
        metadata,
        // Tried once: after a failure somebody should look.
        spec: { backoffLimit: 0, template: { metadata, spec: restorePod({ ...props, choice }) } },
      },
    },
  });
}

/** Rights of a restore: to look whether everything is down, to put the signing key back, and to use up the choice. */
function rules({ postgres, synapse }: RestoreProps, choice: string): k8s.PolicyRule[] {
  const named = (apiGroup: string, resource: string, name: string, ...verbs: string[]): k8s.PolicyRule => ({
    apiGroups: [apiGroup],
    resources: [resource],
    resourceNames: [name],
    verbs,
  });
  return [
    // Is everything down?
    named('apps', 'deployments', synapse.workloadName, 'get'),
    named('apps', 'statefulsets', postgres.workloadName, 'get'),
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    // The signing key goes back; Kubernetes cannot limit `create` to names.
    named('', 'secrets', synapse.signingKey.secretName, 'get', 'patch'),
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    named('', 'configmaps', choice, 'delete'),
  ];
}
