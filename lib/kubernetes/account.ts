import type { Construct } from 'constructs';
import { k8s } from './k8s';
import { type Identity, labelsOf } from './labels';

/**
 * The service account of a workload, under the workload's name, with these rights in its namespace and no others.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function renderAccount(scope: Construct, identity: Identity, rules: k8s.PolicyRule[]): void {
  const name = identity.app;
  const metadata = { name, labels: labelsOf(identity) };
  // Its token is mounted by the pod that asks for it; see hardenedPod.
  new k8s.KubeServiceAccount(scope, 'Account', { metadata, automountServiceAccountToken: false });
  new k8s.KubeRole(scope, 'Role', { metadata, rules });
  new k8s.KubeRoleBinding(scope, 'RoleBinding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name }],
  });
}
