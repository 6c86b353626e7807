import { byText, code, grouped, table } from './markdown';
import type { Manifest } from './objects';

/** Something that a container can read, write or ask for, as Kubernetes enforces it. */
export interface Right {
  /** The workload without the hash of a Job. */
  readonly workload: string;
  readonly container: string;
  /** A Secret, a claim, or a kind of object of the Kubernetes API. */
  readonly what: string;
  /** Keys, folders or names. Empty for all of it. */
  readonly parts: string[];
  /** `reads`, `writes`, or verbs of the Kubernetes API. */
  readonly access: string;
}

const TOKEN = 'account-token';

/** Secrets, claims and rights in the Kubernetes API of every container, read from the rendered objects. */
export function rightsOf(manifests: Manifest[]): Right[] {
  return manifests.flatMap((one) => {
    const pod = podOf(one);
    const workload = one.metadata.name.replace(/-[0-9a-f]{8}$/, '');
    return containersOf(pod).flatMap((container) =>
      [...secretsOf(pod, container), ...claimsOf(pod, container), ...apiOf(pod, container, manifests)].map(
        ([what, parts, access]) => ({ workload, container: container.name, what, parts, access }),
      ),
    );
  });
}

/** The rights as a table. A container without a row has none. */
export function rightsTable(manifests: Manifest[]): string {
  const rows = rightsOf(manifests).flatMap(({ workload, container, what, parts, access }) =>
    inLines(parts).map((some) => [
      code(workload),
      code(container),
      some.length > 0 ? `${what}: ${some.map(code).join(', ')}` : what,
      access,
    ]),
  );
  return table(
    ['workload', 'container', 'what', 'access'],
    [...rows].sort((a, b) => byText(a.join(), b.join())),
  );
}

/** As many as fit in a cell. */
function inLines(parts: string[]): string[][] {
  return parts.length > 4 ? [parts.slice(0, 4), ...inLines(parts.slice(4))] : [parts];
}

function podOf({ spec }: Manifest): Manifest {
  return (spec?.jobTemplate?.spec ?? spec)?.template?.spec ?? { containers: [] };
}

function containersOf({ initContainers = [], containers }: Manifest): Manifest[] {
  return [...initContainers, ...containers];
}

type Found = [what: string, parts: string[], access: string];

/** Secrets in the environment and in mounted volumes, by name, with the keys. */
function secretsOf({ volumes = [] }: Manifest, { env = [], volumeMounts = [] }: Manifest): Found[] {
  const keys = new Map<string, Set<string>>();
  const add = (name: string, key: string) => keys.set(name, (keys.get(name) ?? new Set()).add(key));
  for (const { valueFrom } of env) {
    if (valueFrom?.secretKeyRef) {
      add(valueFrom.secretKeyRef.name, valueFrom.secretKeyRef.key);
    }
  }
  for (const { name, subPath } of volumeMounts) {
    const volume = volumes.find((one: Manifest) => one.name === name);
    for (const { secret } of volume.projected?.sources ?? []) {
      for (const { key, path } of secret?.items ?? []) {
        if (subPath === undefined || subPath === path) {
          add(secret.name, key);
        }
      }
    }
  }
  return [...keys].map(([name, some]): Found => [`Secret ${code(name)}`, [...some].sort(), 'reads']);
}

/** Claims, with the folders if only those are mounted. */
function claimsOf({ volumes = [] }: Manifest, { volumeMounts = [] }: Manifest): Found[] {
  const found = volumeMounts.flatMap(({ name, readOnly, subPath }: Manifest) => {
    const claim = volumes.find((one: Manifest) => one.name === name)?.persistentVolumeClaim;
    const access = readOnly || claim?.readOnly ? 'reads' : 'writes';
    return claim ? [{ what: `claim ${code(claim.claimName)}`, part: subPath, access }] : [];
  });
  return grouped(found, ({ what, access }: Manifest) => `${access} ${what}`).map(([, all]: Manifest): Found => {
    const [{ what, access }] = all;
    return [what, all.flatMap(({ part }: Manifest) => part ?? []), access];
  });
}

/** The rules of the account's Role, for a container that has its token. */
function apiOf(pod: Manifest, { volumeMounts = [] }: Manifest, manifests: Manifest[]): Found[] {
  if (!volumeMounts.some(({ name }: Manifest) => name === TOKEN)) {
    return [];
  }
  const { rules } = manifests.find(({ kind, metadata }) => kind === 'Role' && metadata.name === pod.serviceAccountName);
  return grouped(rules, ({ resources, verbs }: Manifest) => [...verbs, ...resources].join()).map(
    ([, all]: Manifest): Found => {
      const [{ resources, verbs }] = all;
      return [
        resources.map(code).join(),
        all.flatMap(({ resourceNames }: Manifest) => resourceNames ?? []),
        verbs.join(', '),
      ];
    },
  );
}
