import { tryKubectl } from '../e2e/support/kubectl';
import { makeNamespace, removeNamespace } from '../e2e/support/system';
import { type Manifest, workloadsOf } from '../support/manifests';
import type { System } from './systems';

const NAMESPACE = 'matrix-admission';

/** Refusals of the systems' pods by a namespace that enforces PodSecurity `restricted`, one a line. Starts no pod. */
export async function refusedPods(systems: System[]): Promise<string[]> {
  // Fails on a namespace of this name that another program made: it is neither labelled nor deleted.
  await removeNamespace(NAMESPACE);
  await makeNamespace(NAMESPACE, { 'pod-security.kubernetes.io/enforce': 'restricted' });
  try {
    const list = { apiVersion: 'v1', kind: 'List', items: podsOf(systems) };
    const args = ['create', '--dry-run=server', '--output=name', '--namespace', NAMESPACE, '-f', '-'];
    const { stderr } = await tryKubectl(args, JSON.stringify(list));
    return stderr.split('\n').filter(Boolean);
  } finally {
    await removeNamespace(NAMESPACE);
  }
}

/** One pod for each combination of the fields that PodSecurity checks. */
function podsOf(systems: System[]): Manifest[] {
  const pods = new Map<string, Manifest>();
  for (const manifest of systems.flatMap(({ manifests }) => manifests)) {
    const { name } = manifest.metadata;
    const specs =
      manifest.kind === 'Pod' ? [manifest.spec] : workloadsOf([manifest]).map(({ template }) => template.spec);
    for (const { serviceAccountName, imagePullSecrets, ...spec } of specs) {
      const kind = JSON.stringify(lookedAt(spec));
      const metadata = { name: `${name}-${pods.size}` };
      pods.set(kind, pods.get(kind) ?? { apiVersion: 'v1', kind: 'Pod', metadata, spec });
    }
  }
  return [...pods.values()];
}

function lookedAt({ containers, initContainers = [], volumes = [], ...spec }: Manifest): unknown {
  return [
    [spec.hostNetwork, spec.securityContext],
    [...initContainers, ...containers].map((one: Manifest) => [one.securityContext, one.ports]),
    volumes.map((volume: Manifest) => Object.keys(volume)),
  ];
}
