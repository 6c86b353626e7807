import { FREE_ROOM } from '../../../lib/backups/monitored/alerts';
import { VOLUME_FULL } from '../../../lib/monitoring/expressions';
import { type Check, type Finding, fail, ok, unknown, warn } from '../check';
import { type Room, roomOnClaims } from '../facts/claim-room';
import type { KubeObject } from '../facts/objects';
import { inBytes } from '../facts/words';

/** A claim. */
export interface Claim extends KubeObject {
  readonly status: { readonly phase: string };
}

const GROW = 'docs/how-to/grow-a-claim.md';

/** Whether claims have volumes with room. */
export const claims: Check = {
  name: 'claims',
  look: async (situation) => {
    const all = await situation.objects.all<Claim>('persistentvolumeclaims');
    const rooms = await roomOnClaims(situation);
    return all.map((claim) => judgeClaim(claim, rooms.get(claim.metadata.name), situation.command));
  },
};

/** @param room undefined where neither a part nor the kubelet tells. */
export function judgeClaim(
  { metadata, status }: Claim,
  room: Room | undefined,
  command: (text: string) => string,
): Finding {
  const { name } = metadata;
  if (status.phase !== 'Bound') {
    return fail(`${name} has no volume (${status.phase})`, command(`describe pvc ${name}`));
  }
  if (!room) {
    return unknown(`${name}: the free room is not known`, command(`describe pvc ${name}`));
  }
  const share = room.free / room.size;
  const says = `${name} has ${inBytes(room.free)} of ${inBytes(room.size)} free`;
  return share < VOLUME_FULL ? fail(says, GROW) : share < FREE_ROOM ? warn(says, GROW) : ok(says);
}
