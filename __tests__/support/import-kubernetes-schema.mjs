// node import-kubernetes-schema.mjs SWAGGER.JSON: makes kubernetes.schema.json from Kubernetes' own OpenAPI document,
// https://github.com/kubernetes/kubernetes/blob/v1.33.13/api/openapi-spec/swagger.json, for the kinds that we render.
// Closed: what Kubernetes would drop, or set itself, is refused. Then: npx biome format --write kubernetes.schema.json
import { readFileSync, writeFileSync } from 'node:fs';

const KINDS = {
  'api.core.v1': ['ConfigMap', 'PersistentVolumeClaim', 'Service', 'ServiceAccount'],
  'api.apps.v1': ['Deployment', 'StatefulSet'],
  'api.batch.v1': ['CronJob', 'Job'],
  'api.networking.v1': ['Ingress', 'NetworkPolicy'],
  'api.policy.v1': ['PodDisruptionBudget'],
  'api.rbac.v1': ['Role', 'RoleBinding'],
};
/** What is text with a format in OpenAPI, and more than that in truth. */
const SPECIAL = {
  'apimachinery.pkg.util.intstr.IntOrString': { type: ['integer', 'string'], minLength: 1 },
  'apimachinery.pkg.api.resource.Quantity': {
    type: 'string',
    pattern: '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$',
  },
};
/** Words that OpenAPI leaves out; see the types marked +enum in k8s.io/api. */
const WORDS = {
  'api.apps.v1.DeploymentStrategy': { type: 'Recreate RollingUpdate' },
  'api.batch.v1.CronJobSpec': { concurrencyPolicy: 'Allow Forbid Replace' },
  'api.core.v1.Container': { imagePullPolicy: 'Always IfNotPresent Never' },
  'api.core.v1.EmptyDirVolumeSource': { medium: 'Memory' },
  'api.core.v1.PersistentVolumeClaimSpec': { accessModes: 'ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod' },
  'api.core.v1.PodSecurityContext': { fsGroupChangePolicy: 'OnRootMismatch Always' },
  'api.core.v1.PodSpec': { restartPolicy: 'Always OnFailure Never' },
  'api.core.v1.SeccompProfile': { type: 'Localhost RuntimeDefault Unconfined' },
  'api.core.v1.ServicePort': { protocol: 'SCTP TCP UDP' },
  'api.core.v1.ServiceSpec': { type: 'ClusterIP ExternalName LoadBalancer NodePort' },
  'api.core.v1.TopologySpreadConstraint': { whenUnsatisfiable: 'DoNotSchedule ScheduleAnyway' },
  'api.networking.v1.HTTPIngressPath': { pathType: 'Exact ImplementationSpecific Prefix' },
  'api.networking.v1.NetworkPolicyPort': { protocol: 'SCTP TCP UDP' },
  'api.networking.v1.NetworkPolicySpec': { policyTypes: 'Egress Ingress' },
  'api.policy.v1.PodDisruptionBudgetSpec': { unhealthyPodEvictionPolicy: 'AlwaysAllow IfHealthyBudget' },
};
/** Set by the server, never by us. */
const SERVER_SIDE = {
  'apimachinery.pkg.apis.meta.v1.ObjectMeta': [
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'generation',
    'managedFields',
    'resourceVersion',
    'selfLink',
    'uid',
  ],
};

const { definitions } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const kept = {};

function keep(name) {
  if (kept[name]) return;
  kept[name] = {};
  const upstream = definitions[`io.k8s.${name}`];
  const groupVersionKind = upstream['x-kubernetes-group-version-kind']?.[0];
  const out = [...(SERVER_SIDE[name] ?? []), ...(groupVersionKind ? ['status'] : [])];
  kept[name] = SPECIAL[name] ?? closed(upstream, out);
  for (const [key, words] of Object.entries(WORDS[name] ?? {})) {
    const node = kept[name].properties[key];
    (node.items ?? node).enum = words.split(' ');
  }
  if (groupVersionKind) {
    const { group, version, kind } = groupVersionKind;
    Object.assign(kept[name].properties, {
      apiVersion: { const: group ? `${group}/${version}` : version },
      kind: { const: kind },
    });
    kept[name].required = ['apiVersion', 'kind', 'metadata'];
  }
}

function closed(node, out = []) {
  if (node.$ref) {
    const name = node.$ref.replace('#/definitions/io.k8s.', '');
    keep(name);
    return { $ref: `#/$defs/${name}` };
  }
  const result = { type: node.type };
  if (node.properties) {
    const properties = Object.entries(node.properties).filter(([key]) => !out.includes(key));
    result.properties = Object.fromEntries(properties.map(([key, one]) => [key, closed(one)]));
    if (node.required) result.required = node.required;
  }
  if (node.type === 'object') {
    result.additionalProperties = node.additionalProperties ? closed(node.additionalProperties) : false;
  }
  if (node.items) result.items = closed(node.items);
  const keys =
    node['x-kubernetes-list-map-keys'] ??
    (node['x-kubernetes-patch-merge-key'] && [node['x-kubernetes-patch-merge-key']]);
  if (keys) result.uniqueBy = keys;
  if (node['x-kubernetes-list-type'] === 'set') result.uniqueItems = true;
  return result;
}

const names = Object.entries(KINDS).flatMap(([group, kinds]) => kinds.map((kind) => `${group}.${kind}`));
names.forEach(keep);
const schema = {
  $comment: `Made by import-kubernetes-schema.mjs from Kubernetes 1.33.13, do not edit.`,
  $defs: Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1))),
};
writeFileSync(new URL('kubernetes.schema.json', import.meta.url), JSON.stringify(schema));
