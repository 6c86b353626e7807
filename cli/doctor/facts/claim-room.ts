import { quietly } from '../../kubectl';
import type { Situation } from '../situation';
import { agentMetrics } from './backups';
import { type Metrics, synapseMetrics } from './metrics';
import type { Pod } from './pods';

/** Room on a claim, in bytes. */
export interface Room {
  readonly free: number;
  readonly size: number;
}

/** What the kubelet knows about volumes. */
interface Summary {
  readonly pods: {
    readonly volume?: {
      readonly pvcRef?: { readonly name: string; readonly namespace: string };
      readonly availableBytes?: number;
      readonly capacityBytes?: number;
    }[];
  }[];
}

/** Room on each claim of which something is known: from the metrics of the parts, else from the kubelet. */
export async function roomOnClaims(situation: Situation): Promise<Map<string, Room>> {
  const { name } = situation;
  const agent = await quietly(undefined, () => agentMetrics(situation));
  const synapse = await quietly(undefined, () => synapseMetrics(situation));
  const known: [string, Metrics | undefined, string][] = [
    ['matrix-postgres-backup-pvc', agent, 'backup'],
    ['matrix-postgres-pvc', agent, 'database'],
    ['matrix-synapse-data', synapse, 'media'],
  ];
  const rooms = known.flatMap(([claim, metrics, volume]): [string, Room][] => {
    const free = metrics?.value(`matrix_${volume}_volume_free_bytes`);
    const size = metrics?.value(`matrix_${volume}_volume_size_bytes`);
    return free === undefined || !size ? [] : [[name(claim), { free, size }]];
  });
  return new Map([...(rooms.length < known.length ? await fromKubelets(situation) : []), ...rooms]);
}

/** It needs the right to get `nodes/proxy`, which few have. */
async function fromKubelets({ kubectl, objects }: Situation): Promise<[string, Room][]> {
  const pods = await objects.all<Pod>('pods');
  const nodes = new Set(pods.flatMap(({ spec }) => spec.nodeName ?? []));
  const rooms = [...nodes].map((node) =>
    quietly([], async () => {
      const { pods } = JSON.parse(
        await kubectl.run('get', '--raw', `/api/v1/nodes/${node}/proxy/stats/summary`),
      ) as Summary;
      return pods
        .flatMap(({ volume }) => volume ?? [])
        .filter(({ pvcRef }) => pvcRef?.namespace === kubectl.namespace)
        .flatMap(({ pvcRef, availableBytes: free, capacityBytes: size }): [string, Room][] =>
          pvcRef && free !== undefined && size ? [[pvcRef.name, { free, size }]] : [],
        );
    }),
  );
  return (await Promise.all(rooms)).flat();
}
