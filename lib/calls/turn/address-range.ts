import { isIPv4 } from 'node:net';
import { prefixLength } from '../../addresses/cidr';

/**
 * Returns a range as coturn takes it, `first-last`.
 *
 * @throws when the range is not valid.
 */
export function addressRange(cidr: string): string {
  const bits = prefixLength(cidr);
  if (bits === undefined) {
    throw new Error(
      `deniedRanges has '${cidr}', which is not a valid range of addresses: use a prefix length too, such as 203.0.113.0/24`,
    );
  }
  const [address] = cidr.split('/');
  const isShort = isIPv4(address);
  const groups = isShort ? address.split('.').map(Number) : groupsOf(address);
  const bitsOfGroup = isShort ? 8 : 16;
  const bound = (ones: boolean) =>
    groups
      .map((group, at) => {
        const free = Math.min(Math.max((at + 1) * bitsOfGroup - bits, 0), bitsOfGroup);
        const rest = 2 ** free - 1;
        const first = Math.floor(group / 2 ** free) * 2 ** free;
        return (ones ? first + rest : first).toString(isShort ? 10 : 16);
      })
      .join(isShort ? '.' : ':');
  return `${bound(false)}-${bound(true)}`;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  // The form without an IPv4 part.
  const { hostname } = new URL(`http://[${address}]`);
  const [left, right] = hostname.slice(1, -1).split('::');
  const numbers = (text = '') => (text ? text.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const [before, after] = [numbers(left), numbers(right)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
