import { BlockList } from 'node:net';
import type { Manifest } from './manifests';

/** A pod as a NetworkPolicy sees it. */
export interface Pod {
  readonly labels: { [key: string]: string };
  /** None for what is no pod, and so only an address. */
  readonly namespace?: string;
  readonly address: string;
}

/** Whether the policies, and nothing else, let one pod open a connection to another: what a cluster's enforcer would decide. */
export function reaches(policies: Manifest[], from: Pod, to: Pod, port: number, protocol = 'TCP'): boolean {
  const side = (pod: Pod, type: string, other: Pod) => {
    const mine = policies.filter(
      ({ metadata, spec }) =>
        metadata.namespace === pod.namespace &&
        spec.policyTypes.includes(type) &&
        selects(spec.podSelector, pod.labels),
    );
    const rules = mine.flatMap(({ spec }) => spec[type.toLowerCase()] ?? []);
    const allowed = rules.some(
      (rule) =>
        matches(type === 'Ingress' ? rule.from : rule.to, (peer: Manifest) => fits(peer, other, pod.namespace)) &&
        matches(rule.ports, (one: Manifest) => one.protocol === protocol && (one.port ?? port) === port),
    );
    return mine.length === 0 || allowed;
  };
  return side(from, 'Egress', to) && side(to, 'Ingress', from);
}

/** Nothing listed means everything. */
function matches(list: Manifest[] | undefined, test: (one: Manifest) => boolean): boolean {
  return list === undefined || list.length === 0 || list.some(test);
}

function fits({ ipBlock, podSelector, namespaceSelector }: Manifest, pod: Pod, namespace: string | undefined): boolean {
  if (ipBlock) {
    return (
      inRange(ipBlock.cidr, pod.address) && !(ipBlock.except ?? []).some((cidr: string) => inRange(cidr, pod.address))
    );
  }
  if (pod.namespace === undefined) {
    return false;
  }
  const inNamespace = namespaceSelector
    ? selects(namespaceSelector, { 'kubernetes.io/metadata.name': pod.namespace })
    : pod.namespace === namespace;
  return inNamespace && selects(podSelector ?? {}, pod.labels);
}

function selects({ matchLabels = {}, ...rest }: Manifest, labels: Pod['labels']): boolean {
  if (Object.keys(rest).length > 0) {
    throw new Error(`a selector of another kind than this test reads: ${Object.keys(rest)}`);
  }
  return Object.entries(matchLabels).every(([key, value]) => labels[key] === value);
}

function inRange(cidr: string, address: string): boolean {
  const [network, bits] = cidr.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(bits));
  return list.check(address);
}
