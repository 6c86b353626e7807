import { type Installation, named, type Workload } from './installation';

/** Workloads of this project that the original has too, and their kinds on the command line. */
const WORKLOADS = {
  'matrix-synapse': 'deployment',
  'matrix-discovery': 'deployment',
  'matrix-postgres': 'statefulset',
};
/** Service of the StatefulSet, which cannot be changed. */
const SERVICE = 'matrix-postgres-service';

/** What cannot be changed in place, each with the way round it. */
export function obstacles({ namespace, workloads }: Installation): string[] {
  return Object.entries(WORKLOADS).flatMap(([name, kind]) => {
    const workload = named(workloads, name);
    const reasons = workload ? immutable(name, workload) : [];
    // The pods and the claims stay.
    const way = `kubectl delete ${kind} ${name} --cascade=orphan -n ${namespace}, scale its pods away, and apply dist/`;
    return reasons.map((reason) => `${kind} ${name}: ${reason}, which cannot be changed in place: ${way}`);
  });
}

function immutable(name: string, { kind, spec }: Workload): string[] {
  const selector = JSON.stringify(spec.selector.matchLabels ?? {});
  const templates = spec.volumeClaimTemplates?.map(({ metadata }) => metadata.name) ?? [];
  return [
    ...(selector === JSON.stringify({ app: name }) ? [] : [`its selector is ${selector}`]),
    ...(kind !== 'StatefulSet' || spec.serviceName === SERVICE ? [] : [`its serviceName is '${spec.serviceName}'`]),
    ...(templates.length > 0 ? [`it has claim templates (${templates.join(', ')})`] : []),
  ];
}
