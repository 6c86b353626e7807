import { BlockList, isIP } from 'node:net';
import { PRIVATE_RANGES } from '../../addresses/cidr';
import type { IPeer } from './peer';

const PRIVATE = new BlockList();
for (const [address, bits] of PRIVATE_RANGES.map((range) => range.split('/'))) {
  PRIVATE.addSubnet(address, Number(bits));
}

/** Whether {@link Peer.INTERNET} does not lead to a host: a name that only the cluster knows, an address that is not public, or of IPv6. */
export function isPrivateAddress(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const family = isIP(name);
  return family === 0 ? /^[^.]+$|\.svc$|\.cluster\.local$/.test(name) : family === 6 || PRIVATE.check(name);
}

/**
 * Checks that the network policy leads to an address.
 *
 * @param what the prop, for the message.
 * @param example of where it may be, for the message.
 * @throws when it is not in the internet, and nobody has said where it is.
 */
export function checkReachable(what: string, address: string, peer: IPeer | undefined, example: string): void {
  if (!peer && isPrivateAddress(new URL(address).hostname)) {
    throw new Error(
      `${what} '${address}' is known in the cluster alone, or no public address of IPv4, and the network policy leads to those: ` +
        `say where it is, such as peer: ${example}, or Peer.addresses('10.1.2.3/32')`,
    );
  }
}
