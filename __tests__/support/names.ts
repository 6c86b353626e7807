import { containersOf, type Manifest, workloadsOf } from './manifests';

/** What other objects, and what is stored in a cluster, know each object by: a line for each, in order. */
export function facesOf(manifests: Manifest[]): string[] {
  return manifests
    .map((manifest) => {
      const { kind, metadata } = manifest;
      // A Job has its content in its name.
      const name = kind === 'Job' ? metadata.name.replace(/-[0-9a-f]{8}$/, '-#') : metadata.name;
      const facts = {
        app: metadata.labels.app,
        selector: selectorOf(manifest),
        ports: portsOf(manifest),
        claims: claimsOf(manifest),
        accounts: workloadsOf([manifest]).map(({ template }) => template.spec.serviceAccountName ?? []),
        service: manifest.spec?.serviceName,
      };
      const told = Object.entries(facts).filter(([, fact]) => fact !== undefined && `${fact}` !== '');
      return [`${kind} ${name} in ${metadata.namespace}`, ...told.map(([what, fact]) => `${what} ${fact}`)].join(' | ');
    })
    .sort();
}

function selectorOf({ kind, spec }: Manifest): string | undefined {
  const selector = kind === 'NetworkPolicy' ? spec.podSelector : spec?.selector;
  const labels = selector?.matchLabels ?? selector;
  return (
    labels &&
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join()
  );
}

/** Of a Service with the node's, of a workload by container. */
function portsOf(manifest: Manifest): string {
  const ofService = manifest.kind === 'Service' ? manifest.spec.ports : [];
  const ofPods = workloadsOf([manifest]).flatMap(({ template }) =>
    containersOf(template).flatMap(({ ports = [] }) => ports),
  );
  return [
    ...ofService.map((one: Manifest) =>
      [one.name, one.port, one.targetPort, ...(one.nodePort ? [one.nodePort] : [])].join(':'),
    ),
    ...ofPods.map((one: Manifest) => `${one.name}:${one.containerPort}`),
  ].join();
}

/** Of a workload what it mounts, of a claim what it is. */
function claimsOf(manifest: Manifest): string {
  if (manifest.kind === 'PersistentVolumeClaim') {
    const { accessModes, resources, storageClassName } = manifest.spec;
    return [...accessModes, resources.requests.storage, storageClassName].filter(Boolean).join(' ');
  }
  return workloadsOf([manifest])
    .flatMap(({ template }) => template.spec.volumes ?? [])
    .flatMap(({ persistentVolumeClaim: claim }: Manifest) =>
      claim ? [`${claim.claimName}${claim.readOnly ? ' (read-only)' : ''}`] : [],
    )
    .sort()
    .join();
}
