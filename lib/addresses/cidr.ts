import { isIP } from 'node:net';

/** The prefix length of a range of IPv4 or IPv6 addresses, 32 of `10.1.2.3/32`; undefined when it is no range. */
export function prefixLength(cidr: string): number | undefined {
  const [, address, bits] = /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(cidr) ?? [];
  const family = isIP(address ?? '');
  return family === 0 || Number(bits) > (family === 4 ? 32 : 128) ? undefined : Number(bits);
}
