import { byText, code, grouped, page, table } from './markdown';

/** A rendered object, as far as the page reads it. */
// biome-ignore lint/suspicious/noExplicitAny: manifests have the shape of their kind
export type Manifest = any;

/** Every object of a system, by part. */
export function objectsPage(manifests: Manifest[]): string {
  const partOf = ({ metadata }: Manifest): string => metadata.labels['app.kubernetes.io/component'];
  const parts = grouped(manifests, partOf).flatMap(([part, all]) => {
    const rows = all.map((one) => [code(one.kind), code(nameOf(one)), detailsOf(one)]);
    return [
      `## ${part}`,
      table(
        ['kind', 'name', 'details'],
        [...rows].sort((a, b) => byText(a.join(), b.join())),
      ),
    ];
  });
  return page(
    'Objects',
    'The objects of the system of `main.ts`, by part: the label `app.kubernetes.io/component`. `kubectl` finds them: ' +
      '`kubectl get all,cm,pvc,netpol -n caritas -l app.kubernetes.io/component=backup`. A `namePrefix` comes before each name. The Secrets are ' +
      'created in the cluster: [Secrets](../concepts/secrets.md).',
    ...parts,
  );
}

/** A Job's name ends with a hash of its content, because a Job cannot change. */
function nameOf({ kind, metadata: { name } }: Manifest): string {
  return kind === 'Job' ? name.replace(/-[0-9a-f]{8}$/, '-‹hash›') : name;
}

function detailsOf({ kind, spec }: Manifest): string {
  switch (kind) {
    case 'Service':
      return `ports ${spec.ports.map((port: Manifest) => `${port.port} (${port.name})`).join(', ')}`;
    case 'CronJob':
      return spec.suspend ? 'suspended: an operator starts it' : `schedule ${code(spec.schedule)}`;
    case 'PersistentVolumeClaim':
      return `size ${spec.resources.requests.storage}`;
    case 'Deployment':
    case 'StatefulSet':
      return `replicas ${spec.replicas}; ports ${portsOf(spec.template.spec).join(', ') || 'none'}`;
    case 'Ingress':
    case 'HTTPRoute':
      return `hosts ${(spec.hostnames ?? spec.rules.map((rule: Manifest) => rule.host)).map(code).join(', ')}`;
    default:
      return '';
  }
}

function portsOf({ containers }: Manifest): string[] {
  const ports: Manifest[] = containers.flatMap((container: Manifest) => container.ports ?? []);
  return ports.map(({ containerPort, name }) => `${containerPort} (${name})`);
}
