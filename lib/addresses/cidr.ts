import { isIP } from 'node:net';

/** Returns the prefix length of an IPv4 or IPv6 range, such as 32 for `10.1.2.3/32`; undefined when it is invalid. */
export function prefixLength(cidr: string): number | undefined {
  const [, address, bits] = /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(cidr) ?? [];
  const family = isIP(address ?? '');
  return family === 0 || Number(bits) > (family === 4 ? 32 : 128) ? undefined : Number(bits);
}

/** IPv4 ranges that are not public: private, shared, link-local, loopback, documentation, multicast and reserved. */
export const PRIVATE_RANGES = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
