import { ApiObject, JsonPatch } from 'cdk8s';
import { Role } from 'cdk8s-plus-27/lib/role';
import { RoleBinding } from 'cdk8s-plus-27/lib/role-binding';
import { ServiceAccount } from 'cdk8s-plus-27/lib/service-account';
import { Construct } from 'constructs';
import type { k8s } from '../k8s';
import { labelsOf, type WorkloadLabels } from '../metadata/labels';

/** The default path at which programs find the token for the Kubernetes API. */
export const TOKEN_MOUNT: k8s.VolumeMount = {
  name: 'account-token',
  mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
  readOnly: true,
};

/**
 * The token, CA certificate and namespace of a pod's service account, for the containers that mount this volume.
 *
 * Kubernetes' own automatic mount would give them to every container.
 *
 * @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
 */
export const TOKEN_VOLUME: k8s.Volume = {
  name: TOKEN_MOUNT.name,
  projected: {
    sources: [
      // The kubelet renews the token before it expires.
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

/** A kind of object that a workload may use. */
export interface AccountResource {
  /** API group; empty for the core group. */
  readonly apiGroup: string;
  /** Resource type in the plural, such as `secrets`. */
  readonly resourceType: string;
}

export const SECRETS: AccountResource = { apiGroup: '', resourceType: 'secrets' };
export const CLAIMS: AccountResource = { apiGroup: '', resourceType: 'persistentvolumeclaims' };

/**
 * The service account of a workload, with a Role for exactly the rights that `allow` adds.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class WorkloadAccount extends Construct {
  private readonly role: Role;
  private readonly allowed = new Set<string>();

  constructor(scope: Construct, id: string, workload: WorkloadLabels) {
    super(scope, id);
    const metadata = { name: workload.app, labels: labelsOf(workload) };
    // Only containers with `withToken` mount the token; see hardenedPod.
    const account = new ServiceAccount(this, 'Account', { metadata, automountToken: false });
    this.role = new Role(this, 'Role', { metadata });
    const binding = new RoleBinding(this, 'RoleBinding', { metadata, role: this.role });
    binding.addSubjects(account);
    // The API drops an empty group, so applying it again would look like a change.
    ApiObject.of(binding).addJsonPatch(JsonPatch.remove('/subjects/0/apiGroup'));
  }

  /**
   * Allows verbs on a kind of object.
   *
   * @param names names of the objects; none for all. Kubernetes cannot limit `create` and `list` to names.
   */
  public allow(verbs: string[], resource: AccountResource, ...names: string[]): void {
    for (const resourceName of names.length > 0 ? names : [undefined]) {
      const rule = JSON.stringify([verbs, resource, resourceName]);
      if (!this.allowed.has(rule)) {
        this.allowed.add(rule);
        this.role.allow(verbs, { ...resource, resourceName });
      }
    }
  }
}
