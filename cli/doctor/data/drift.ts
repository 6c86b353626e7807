import { type Check, type Finding, fail, orOk, unknown, warn } from '../check';
import { differences } from '../facts/differences';
import type { KubeObject } from '../facts/objects';
import { type Rendered, renderedObjects } from '../facts/rendered';
import { some } from '../facts/words';

/** Kinds whose objects are looked for that were not rendered. Those of Jobs are left behind by upgrades. */
const KINDS = ['deployments', 'statefulsets', 'cronjobs', 'networkpolicies', 'configmaps', 'persistentvolumeclaims'];

/** Whether the objects in the cluster are those that were rendered. */
export const drift: Check = {
  name: 'drift',
  look: async ({ options, kubectl, objects }) => {
    const { rendered: path, namespace } = options;
    if (path === undefined) {
      return [];
    }
    // kubectl would fetch the values of Secrets; whether those exist that pods need is another check.
    const declared = renderedObjects(path, namespace).filter(({ kind }) => kind !== 'Secret');
    const { stdout, problem } = await kubectl.partly(
      ['get', '-f', '-', '--ignore-not-found', '-o', 'json'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: declared }),
    );
    const found = objectsIn(stdout);
    const all = await Promise.all(KINDS.map((kind) => objects.all(kind)));
    const problems = [
      ...(problem ? [unknown(problem, `kubectl diff -f ${path}`)] : []),
      // Without the right to read it, an object seems to be missing.
      ...judgeDrift(declared, found, path).filter(({ verdict }) => !(problem && verdict === 'fail')),
      ...judgeExtra(declared, all.flat(), path),
    ];
    return orOk(problems, `${declared.length} objects are as in ${path}`);
  },
};

/** Rendered objects that are missing, or have other values. */
export function judgeDrift(declared: Rendered[], found: KubeObject[], path: string): Finding[] {
  const live = new Map(found.map((one) => [idOf(one), one]));
  return declared.flatMap((one): Finding[] => {
    const id = idOf(one);
    const other = live.get(id);
    if (!other) {
      // A finished Job may be deleted.
      return one.kind === 'Job' ? [] : [fail(`${id} is missing`, `kubectl apply -f ${path}`)];
    }
    const paths = differences(one, other);
    return paths.length > 0 ? [warn(`${id} is changed: ${some(paths)}`, `kubectl diff -f ${path}`)] : [];
  });
}

/** Objects with the label of the system that were not rendered. */
export function judgeExtra(declared: Rendered[], found: KubeObject[], path: string): Finding[] {
  const known = new Set(declared.map(idOf));
  return found
    .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/part-of'] === 'matrix' && !metadata.ownerReferences)
    .filter((one) => !known.has(idOf(one)))
    .map((one) => warn(`${idOf(one)} is not in ${path}`, `git log -S ${one.metadata.name} -- ${path}`));
}

const idOf = ({ kind, metadata }: { kind: string; metadata: { name: string } }) => `${kind} ${metadata.name}`;

/** kubectl prints a list, or a single object, or nothing. */
function objectsIn(text: string): KubeObject[] {
  if (text.trim() === '') {
    return [];
  }
  const parsed = JSON.parse(text);
  return parsed.kind === 'List' ? parsed.items : [parsed];
}
