import { type Connection, Peer } from '../../lib';

/** A port, as somebody knocks at it. */
export interface Door {
  readonly number: number;
  readonly protocol: string;
}

/** Somebody as the declared graph knows them. */
export interface Party {
  /** That of the peer it is; another one for strangers. */
  readonly key: string;
  /** Whether it is a part of the system, and so has policies. */
  readonly ours: boolean;
  /** Whether the cluster's name server can be there. */
  readonly mayBeNameServer?: boolean;
}

/** Whether the graph lets one open a connection to another. Who is not ours has no policies and sends and receives what it likes. */
export function isDeclared(connections: Connection[], from: Party, to: Party, door: Door): boolean {
  const sent = connections.some((one) => one.from.key === from.key && covers(one.to, to) && has(one, door));
  const received = connections.some((one) => one.to.key === to.key && covers(one.from, from) && has(one, door));
  return (!from.ours || sent) && (!to.ours || received);
}

/** Whether somebody belongs to a peer; the broad ones cannot be narrower in every cluster. */
function covers(peer: Peer, { key, mayBeNameServer }: Party): boolean {
  const broad = [Peer.ANYONE, Peer.KUBERNETES_API].includes(peer) || (peer === Peer.DNS && mayBeNameServer === true);
  return peer.key === key || broad;
}

/** No port named means every TCP port. */
function has({ ports }: Connection, { number, protocol }: Door): boolean {
  const named = ports.some((port) => port.number === number && (port.protocol ?? 'TCP') === protocol);
  return ports.length === 0 ? protocol === 'TCP' : named;
}
