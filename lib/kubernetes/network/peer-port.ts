import { isPort } from '../../addresses/port';
import type { IPeer } from './peer';

/** A server behind an address, as a network policy sees it. */
export interface PeerPort {
  /** Port in the address. */
  readonly addressPort: number;
  /** Port of the pods behind the address. @default - as in the address */
  readonly port?: number;
  /** The pods or addresses behind the address. @default Peer.INTERNET */
  readonly peer?: IPeer;
}

/**
 * The port to open in a network policy. It differs from the port in the address where a Service maps one to the other,
 * because policies only see pods.
 *
 * @param what the prop, for the message.
 * @throws when the port is not valid, or has no peer.
 */
export function openedPort(what: string, { addressPort, port, peer }: PeerPort): number {
  if (port !== undefined && !isPort(port)) {
    throw new Error(
      `${what} must be the port of the pods, from 1 to 65535, got ${port}: leave it out where it is that of the address`,
    );
  }
  if (port !== undefined && !peer) {
    throw new Error(
      `${what} is ${port}, but without a peer the network policy is for servers on the internet, which use the port of the address: ` +
        "set the peer too, such as Peer.pods({ app: 'store' }, 'storage'), or leave the port out",
    );
  }
  return port ?? addressPort;
}
