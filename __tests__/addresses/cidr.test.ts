import { prefixLength } from '../../lib/addresses/cidr';

it.each([
  ['10.1.2.3/32', 32],
  ['0.0.0.0/0', 0],
  ['2001:db8::/64', 64],
])('%s', (cidr, bits) => {
  expect(prefixLength(cidr)).toBe(bits);
});

it.each(['10.1.2.3', '10.1.2.3/33', '2001:db8::/129', 'nginx.example.org/32', '/32', ''])(
  "'%s' is no range",
  (cidr) => {
    expect(prefixLength(cidr)).toBeUndefined();
  },
);
