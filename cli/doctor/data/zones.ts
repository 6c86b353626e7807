import { type Check, type Finding, ok, warn } from '../check';
import type { KubeObject } from '../facts/objects';

/** A StorageClass. */
export interface StorageClass extends KubeObject {
  /** When it makes a volume. @default 'Immediate' */
  readonly volumeBindingMode?: string;
}

/** A claim, with the class that it got. */
export interface ClassedClaim extends KubeObject {
  readonly spec: { readonly storageClassName?: string };
}

const ZONE = 'topology.kubernetes.io/zone';
/** Claims that one pod mounts together: the job that makes a backup. */
const MEET = ['matrix-postgres-pvc', 'matrix-postgres-backup-pvc', 'matrix-synapse-data'];
const PAGE = 'docs/how-to/storage.md#claims-that-must-meet-on-one-node';

/** Whether the volumes of claims that must meet on one node may be in different zones. */
export const zones: Check = {
  name: 'zones',
  look: async ({ kubectl, objects, name }) => {
    const everywhere = async <T extends KubeObject>(kind: string) =>
      (await kubectl.json<{ items: T[] }>('get', kind)).items;
    const nodes = await everywhere('nodes');
    const classes = await everywhere<StorageClass>('storageclasses');
    const claims = await objects.all<ClassedClaim>('persistentvolumeclaims');
    const meeting = claims.filter(({ metadata }) => MEET.map(name).includes(metadata.name));
    return judgeZones(meeting, classes, nodes);
  },
};

/** @param claims those that must meet. */
export function judgeZones(claims: ClassedClaim[], classes: StorageClass[], nodes: KubeObject[]): Finding[] {
  const all = [...new Set(nodes.flatMap(({ metadata }) => metadata.labels?.[ZONE] ?? []))].sort();
  const atOnce = classes.filter(({ volumeBindingMode = 'Immediate' }) => volumeBindingMode === 'Immediate');
  const apart = claims.filter(({ spec }) => atOnce.some(({ metadata }) => metadata.name === spec.storageClassName));
  if (claims.length < 2 || all.length < 2 || apart.length === 0) {
    return [ok('the claims meet on one node')];
  }
  return apart.map(({ metadata, spec }) =>
    warn(
      `${metadata.name} may not meet the other claims on one node: its class ${spec.storageClassName} makes a volume ` +
        `before a pod runs, and the nodes are in the zones ${all.join(', ')}`,
      PAGE,
    ),
  );
}
