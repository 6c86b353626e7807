import type { Door, Party } from '../../support/declared';
import { type Manifest, workloadsOf } from '../../support/manifests';
import { kubectl } from './kubectl';
import { joinPod, startProbe } from './probe-pod';

/** A pod of the graph, or an address. */
export interface Place extends Party {
  readonly address: string;
  /** Pod that a probe runs in. */
  readonly pod?: { readonly namespace: string; readonly name: string };
  /** Listening ports. The pods of probes listen at all ports. */
  readonly doors?: Door[];
}

/** A probe in the pod of each workload, or, for Jobs, a probe with the labels of their pods. */
export async function workloadPlaces(namespace: string, manifests: Manifest[], ports: number[]): Promise<Place[]> {
  // Some Jobs share their labels, and so their policy.
  const workloads = new Map(workloadsOf(manifests).map((one) => [one.template.metadata.labels.app, one]));
  return Promise.all(
    [...workloads.values()].map(async ({ manifest, template }) => {
      const { labels } = template.metadata;
      const stays = ['Deployment', 'StatefulSet'].includes(manifest.kind);
      const name = stays ? await podOf(namespace, labels.app) : `as-${labels.app}`;
      await (stays ? joinPod(namespace, name, ports) : startProbe(namespace, name, labels, ports));
      return { ...(await placeOf(labels.app, namespace, name)), ours: true };
    }),
  );
}

/** Private addresses in the cluster that no policy of the system protects. */
export async function privateAddresses(): Promise<Place[]> {
  const service = (name: string, namespace: string) =>
    kubectl(['get', 'service', name, '-n', namespace, '-o', 'jsonpath={.spec.clusterIP}']);
  const node = await kubectl(['get', 'nodes', '-o', 'jsonpath={.items[0].status.addresses[0].address}']);
  const tcp = (number: number) => ({ number, protocol: 'TCP' });
  const names = [tcp(53), { number: 53, protocol: 'UDP' }];
  return [
    { key: 'dns', ours: false, mayBeNameServer: true, address: await service('kube-dns', 'kube-system'), doors: names },
    { key: 'API', ours: false, address: await service('kubernetes', 'default'), doors: [tcp(443)] },
    { key: 'a node', ours: false, address: node, doors: [tcp(10250)] },
  ];
}

async function podOf(namespace: string, app: string): Promise<string> {
  return kubectl(['get', 'pods', '-n', namespace, '-l', `app=${app}`, '-o', 'jsonpath={.items[0].metadata.name}']);
}

/** A pod that is not part of the system, or not known to be. */
export async function placeOf(key: string, namespace: string, name: string): Promise<Place> {
  const address = await kubectl(['get', 'pod', name, '-n', namespace, '-o', 'jsonpath={.status.podIP}']);
  return { key, ours: false, address, pod: { namespace, name } };
}

/** Every listening port of a place, with its address. */
export function doorsOf({ address, doors }: Place, ports: number[]): { door: Door; address: string }[] {
  return (doors ?? ports.map((number) => ({ number, protocol: 'TCP' }))).map((door) => ({
    door,
    address: `${door.protocol === 'UDP' ? 'udp:' : ''}${address}:${door.number}`,
  }));
}
