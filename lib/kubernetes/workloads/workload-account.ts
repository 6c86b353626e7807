import type { Construct } from 'constructs';
import { k8s } from '../k8s';
import { type Identity, labelsOf } from '../metadata/labels';

/** Where programs look for what they need to speak to Kubernetes. */
export const TOKEN_MOUNT: k8s.VolumeMount = {
  name: 'account-token',
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  readOnly: true,
};

/**
 * The token of a pod's service account and what belongs to it, for the containers that mount it: mounted by Kubernetes itself, it would be
 * in all of them.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
export const TOKEN_VOLUME: k8s.Volume = {
  name: TOKEN_MOUNT.name,
  projected: {
    sources: [
      // Kubernetes puts a new one in its place before it ends.
      { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardApi: {
          items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
        },
      },
    ],
  },
};

/**
 * The service account of a workload, under the workload's name, with these rights in its namespace and no others.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export function renderAccount(scope: Construct, identity: Identity, rules: k8s.PolicyRule[]): void {
  const name = identity.app;
  const metadata = { name, labels: labelsOf(identity) };
  // Its token is mounted by the containers that ask for it; see hardenedPod.
  new k8s.KubeServiceAccount(scope, 'Account', { metadata, automountServiceAccountToken: false });
  new k8s.KubeRole(scope, 'Role', { metadata, rules });
  new k8s.KubeRoleBinding(scope, 'RoleBinding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name }],
  });
}
