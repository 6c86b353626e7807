import { addressRange } from '../../../lib/calls/turn/address-range';

it.each([
  ['203.0.113.77/24', '203.0.113.0-203.0.113.255'],
  ['203.0.113.77/30', '203.0.113.76-203.0.113.79'],
  ['10.0.0.0/9', '10.0.0.0-10.127.255.255'],
  ['0.0.0.0/0', '0.0.0.0-255.255.255.255'],
  ['192.0.2.7/32', '192.0.2.7-192.0.2.7'],
  ['2001:db8::/33', '2001:db8:0:0:0:0:0:0-2001:db8:7fff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:db8:1:2:3:4:5:6/128', '2001:db8:1:2:3:4:5:6-2001:db8:1:2:3:4:5:6'],
  ['::/0', '0:0:0:0:0:0:0:0-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
])('writes %s as coturn takes it', (cidr, range) => {
  expect(addressRange(cidr)).toBe(range);
});

it.each(['203.0.113.7', '203.0.113.0/33', 'cluster'])('fails when a range is %s', (cidr) => {
  expect(() => addressRange(cidr)).toThrow(`deniedRanges has '${cidr}'`);
  expect(() => addressRange(cidr)).toThrow('such as 203.0.113.0/24');
});
