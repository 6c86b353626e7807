import { tryKubectl } from '../e2e/support/kubectl';
import { makeNamespace, removeNamespace } from '../e2e/support/system';
import { type Manifest, workloadsOf } from '../support/manifests';
import type { System } from './systems';

const NAMESPACE = 'matrix-admission';

/** What a namespace that enforces PodSecurity `restricted` has against the systems' pods, a line for each; nothing is started. */
export async function refusedPods(systems: System[]): Promise<string[]> {
  // One of somebody else is neither labelled nor deleted.
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

/** One pod of each kind, as far as PodSecurity looks at it: what its containers do is none of its business. */
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
