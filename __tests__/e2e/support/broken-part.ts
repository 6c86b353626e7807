import { parseAllDocuments } from 'yaml';
import { eventually, tryKubectl } from './kubectl';
import type { System } from './system';

// biome-ignore lint/suspicious/noExplicitAny: manifests as they were synthesized
type Manifest = any;

/** Prints what this container can write below its mounts, and what it can read that is secret. */
const LOOK = `
for path in MOUNTS; do (: >"$path/.tried") 2>/dev/null && rm "$path/.tried" && echo "writes $path"; done
for path in /backup/repository /backup/metrics /backup/last-set; do [ -r "$path" ] && (ls "$path"/* >/dev/null 2>&1 || [ -f "$path" ]) && echo "reads $path"; done
for path in /password /secrets /backup-secrets /roles /watched /var/run/secrets/kubernetes.io/serviceaccount; do
  for file in "$path"/*; do [ -f "$file" ] && echo "reads $path"; done
done
env | grep -iE '(PASSWORD|SECRET|KEY)=' | sed 's/=.*//; s/^/knows /'
exit 0`;

/** What each container of a broken-into workload has, by the name of the container: `writes PATH`, `reads PATH`, `knows VARIABLE`. */
export interface Loot {
  readonly [container: string]: string[];
}

/**
 * Starts a pod with exactly the accounts, volumes, mounts and users of a workload, in which every container runs a shell instead of its
 * program, and returns what that can reach.
 */
export async function breakInto(system: System, workload: string): Promise<Loot> {
  const name = `broken-${workload}`;
  const spec = podOf(system.manifest, workload);
  const shells = (some: Manifest[] = []) => some.map(shell);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: {
      ...spec,
      restartPolicy: 'Never',
      initContainers: shells(spec.initContainers),
      containers: shells(spec.containers),
    },
  };
  await system.kubectl(['apply', '-f', '-'], JSON.stringify(pod));
  const phase = ['get', 'pod', name, '-o', 'jsonpath={.status.phase}'];
  await eventually(`the end of ${name}`, 120, async () => (await system.kubectl(phase)) === 'Succeeded');
  const names: string[] = [...(spec.initContainers ?? []), ...spec.containers].map((one: Manifest) => one.name);
  const loot = await Promise.all(
    names.map(async (container): Promise<[string, string[]]> => {
      const { stdout } = await tryKubectl(['logs', name, '-c', container, '-n', system.namespace]);
      return [container, [...new Set(stdout.split('\n').filter(Boolean))].sort()];
    }),
  );
  await system.kubectl(['delete', 'pod', name, '--wait=false']);
  return Object.fromEntries(loot);
}

function podOf(manifest: string, workload: string): Manifest {
  const all: Manifest[] = parseAllDocuments(manifest).map((document) => document.toJS());
  const found = all.find(({ spec, metadata }) => metadata.name === workload && (spec?.jobTemplate ?? spec?.template));
  return (found.spec.jobTemplate?.spec ?? found.spec).template.spec;
}

/** The container with a shell as its command. Without probes, which wait for its program. */
function shell(container: Manifest): Manifest {
  const { startupProbe, readinessProbe, livenessProbe, lifecycle, restartPolicy, args, ...rest } = container;
  const mounts = (container.volumeMounts ?? []).map(({ mountPath }: Manifest) => mountPath);
  const paths = [...new Set(['/backup', ...mounts])].join(' ');
  return { ...rest, command: ['/bin/sh', '-c', LOOK.replace('MOUNTS', paths)] };
}
