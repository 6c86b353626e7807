import { type Check, type Finding, fail, orOk, warn } from '../check';
import type { KubeObject } from '../facts/objects';
import { type CronJob, containersOf, type Pod, type PodSpec } from '../facts/pods';
import { quantity } from '../facts/quantity';
import { inBytes } from '../facts/words';

/** A node. */
export interface Node extends KubeObject {
  readonly spec: { readonly unschedulable?: boolean };
  readonly status: {
    readonly allocatable: { readonly [resource: string]: string };
    readonly conditions?: { readonly type: string; readonly status: string }[];
  };
}

/** What a pod requests, or a node has left. */
export interface Amount {
  readonly cpu: number;
  readonly memory: number;
}

/** Whether nodes are well, and have room for the largest job. */
export const nodes: Check = {
  name: 'nodes',
  look: async ({ kubectl, objects }) => {
    const { items } = await kubectl.json<{ items: Node[] }>('get', 'nodes');
    const everywhere = await kubectl.json<{ items: Pod[] }>('get', 'pods', '--all-namespaces');
    const cronJobs = await objects.all<CronJob>('cronjobs');
    const room = items.filter(({ spec }) => !spec.unschedulable).map((node) => leftOn(node, everywhere.items));
    const problems = [...items.flatMap(judgeNode), ...judgeRoom(room, cronJobs)];
    const most = room.reduce((a, b) => (b.memory > a.memory ? b : a), { cpu: 0, memory: 0 });
    return orOk(
      problems,
      `the node with most room has ${most.cpu.toFixed(1)} cores and ${inBytes(most.memory)} that are not requested`,
    );
  },
};

/** Problems that a node reports. */
export function judgeNode({ metadata, status }: Node): Finding[] {
  const { name } = metadata;
  return (status.conditions ?? [])
    .filter(({ type, status: value }) => (type === 'Ready' ? value !== 'True' : value === 'True'))
    .map(({ type }) => fail(`node ${name}: ${type === 'Ready' ? 'not ready' : type}`, `kubectl describe node ${name}`));
}

/** Jobs that no node has room for. */
export function judgeRoom(room: Amount[], cronJobs: CronJob[]): Finding[] {
  return cronJobs.flatMap(({ metadata, spec }) => {
    const needed = requestsOf(spec.jobTemplate.spec.template.spec);
    const fits = room.some(({ cpu, memory }) => cpu >= needed.cpu && memory >= needed.memory);
    const amount = `${needed.cpu.toFixed(1)} cores and ${inBytes(needed.memory)}`;
    return fits
      ? []
      : [warn(`no node has room for ${metadata.name}, which requests ${amount}`, 'kubectl describe nodes')];
  });
}

/** What is not requested on a node. */
export function leftOn({ metadata, status }: Node, pods: Pod[]): Amount {
  const here = pods.filter(
    (pod) => pod.spec.nodeName === metadata.name && !['Succeeded', 'Failed'].includes(pod.status.phase),
  );
  return here
    .map(({ spec }) => requestsOf(spec))
    .reduce((left, one) => ({ cpu: left.cpu - one.cpu, memory: left.memory - one.memory }), {
      cpu: quantity(status.allocatable.cpu),
      memory: quantity(status.allocatable.memory),
    });
}

/** What the scheduler reserves: that of all that run together, or of the largest step before them. */
export function requestsOf(spec: PodSpec): Amount {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const of = (resource: keyof Amount) => {
    const ask = (list: PodSpec['containers']) => list.map(({ resources }) => quantity(resources?.requests?.[resource]));
    const together = ask([...sidecars, ...spec.containers]).reduce((a, b) => a + b, 0);
    return Math.max(together, ...ask(containersOf(spec)));
  };
  return { cpu: of('cpu'), memory: of('memory') };
}
