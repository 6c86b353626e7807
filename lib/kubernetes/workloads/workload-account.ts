import { ApiObject, JsonPatch } from 'cdk8s';
import { Role } from 'cdk8s-plus-27/lib/role';
import { RoleBinding } from 'cdk8s-plus-27/lib/role-binding';
import { ServiceAccount } from 'cdk8s-plus-27/lib/service-account';
import { Construct } from 'constructs';
import type { k8s } from '../k8s';
import { labelsOf, type WorkloadLabels } from '../metadata/labels';

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
      // Kubernetes replaces it before it expires.
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
  /** Empty for the core group. */
  readonly apiGroup: string;
  /** In the plural: `secrets`. */
  readonly resourceType: string;
}

export const SECRETS: AccountResource = { apiGroup: '', resourceType: 'secrets' };

/**
 * The service account of a workload, under the workload's name, with the allowed rights in its namespace and no others.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class WorkloadAccount extends Construct {
  private readonly role: Role;
  private readonly allowed = new Set<string>();

  constructor(scope: Construct, id: string, workload: WorkloadLabels) {
    super(scope, id);
    const metadata = { name: workload.app, labels: labelsOf(workload) };
    // Its token is mounted only by the containers that ask for it; see hardenedPod.
    const account = new ServiceAccount(this, 'Account', { metadata, automountToken: false });
    this.role = new Role(this, 'Role', { metadata });
    const binding = new RoleBinding(this, 'RoleBinding', { metadata, role: this.role });
    binding.addSubjects(account);
    // The API drops the empty group, so that applying again would seem a change.
    ApiObject.of(binding).addJsonPatch(JsonPatch.remove('/subjects/0/apiGroup'));
  }

  /**
   * Allows verbs on a kind of object.
   *
   * @param names the objects. Kubernetes cannot limit `create` and `list` to names: give none there.
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
