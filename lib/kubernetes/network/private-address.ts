import { BlockList, isIP } from 'node:net';
import { PRIVATE_RANGES } from '../../addresses/cidr';
import type { IPeer } from './peer';

const PRIVATE = new BlockList();
for (const [address, bits] of PRIVATE_RANGES.map((range) => range.split('/'))) {
  PRIVATE.addSubnet(address, Number(bits));
}

/** Whether a host is outside {@link Peer.INTERNET}: a cluster-internal name, a private address or an IPv6 address. */
export function isPrivateAddress(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const family = isIP(name);
  return family === 0 ? /^[^.]+$|\.svc$|\.cluster\.local$/.test(name) : family === 6 || PRIVATE.check(name);
}

/**
 * Checks that the network policy allows connections to the host of a URL.
 *
 * @param what the prop, for the message.
 * @param address the URL.
 * @param peer where the host is, when it is not on the public internet.
 * @param example an example of such a peer, for the message.
 * @throws when the host is private and no peer is set.
 */
export function checkReachable(what: string, address: string, peer: IPeer | undefined, example: string): void {
  if (!peer && isPrivateAddress(new URL(address).hostname)) {
    throw new Error(
      `${what} '${address}' is not on the public IPv4 internet, so the network policy would block it: ` +
        `set where it is, such as peer: ${example}, or Peer.addresses('10.1.2.3/32')`,
    );
  }
}
