import { type Check, type Finding, fail, orOk, warn } from '../check';
import { type Workload, workloadsOf } from '../facts/pods';
import type { Situation } from '../situation';

/** Whether Deployments and StatefulSets have their pods. */
export const workloads: Check = {
  name: 'workloads',
  look: async ({ objects, command }) => {
    const all = await workloadsOf(objects);
    const problems = all.flatMap((one) => judgeWorkload(one, command));
    return orOk(problems, `${all.length} of ${all.length} workloads are ready`);
  },
};

/** The problem of a workload, if it has one. */
export function judgeWorkload({ kind, metadata, spec, status }: Workload, command: Situation['command']): Finding[] {
  const wanted = spec.replicas ?? 1;
  const ready = status.readyReplicas ?? 0;
  const path = `${kind.toLowerCase()}/${metadata.name}`;
  if (wanted === 0) {
    return [fail(`${metadata.name} is scaled to 0`, command(`scale ${path} --replicas=1`))];
  }
  if (ready >= wanted) {
    return [];
  }
  const says = `${metadata.name} has ${ready} of ${wanted} pods ready`;
  return [(ready === 0 ? fail : warn)(says, command(`describe ${path}`))];
}
