import { Construct } from 'constructs';
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
  renderAccount(group, part, props, choice);
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

function renderAccount(scope: Construct, part: Identity, { postgres, synapse }: RestoreProps, choice: string): void {
  const metadata = { name: part.app, labels: labelsOf(part) };
  const named = (apiGroup: string, resource: string, name: string, ...verbs: string[]): k8s.PolicyRule => ({
    apiGroups: [apiGroup],
    resources: [resource],
    resourceNames: [name],
    verbs,
  });
  new k8s.KubeServiceAccount(scope, 'Account', { metadata, automountServiceAccountToken: false });
  new k8s.KubeRole(scope, 'Role', {
    metadata,
    rules: [
      // Is everything down?
      named('apps', 'deployments', synapse.workloadName, 'get'),
      named('apps', 'statefulsets', postgres.workloadName, 'get'),
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
      // The signing key goes back; Kubernetes cannot limit `create` to names.
      named('', 'secrets', synapse.signingKey.secretName, 'get', 'patch'),
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      named('', 'configmaps', choice, 'delete'),
    ],
  });
  new k8s.KubeRoleBinding(scope, 'RoleBinding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: part.app },
    subjects: [{ kind: 'ServiceAccount', name: part.app }],
  });
}
