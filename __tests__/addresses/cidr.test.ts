import { PRIVATE_RANGES, prefixLength } from '../../lib/addresses/cidr';

it.each([
  ['10.1.2.3/32', 32],
  ['0.0.0.0/0', 0],
  ['2001:db8::/64', 64],
])('%s has the prefix length %i', (cidr, bits) => {
  expect(prefixLength(cidr)).toBe(bits);
});

it.each([
  '10.1.2.3',
  '10.1.2.3/33',
  '10.1.2.3/032',
  '2001:db8::/129',
  'fe80::1%eth0/64',
  'nginx.example.org/32',
  '/32',
  '',
])('finds no prefix length in %j', (cidr) => {
  expect(prefixLength(cidr)).toBeUndefined();
});

it('the private ranges are ranges, each listed once', () => {
  expect(PRIVATE_RANGES.filter((range) => prefixLength(range) === undefined)).toEqual([]);
  expect(new Set(PRIVATE_RANGES).size).toBe(PRIVATE_RANGES.length);
});

it.each(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'])(
  'the private ranges have %s',
  (range) => {
    expect(PRIVATE_RANGES).toContain(range);
  },
);
