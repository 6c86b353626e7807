import { checkedHost, checkedHostAndPort, checkedPublicHost, HOST_LABEL, isHostName } from '../../lib/addresses/host';
import { untyped } from '../support/parts';

const LONG = `${'a'.repeat(63)}.`.repeat(3);

it.each(['localhost', 'db.example.org', 'a-b.c1', '10.1.2.3', `${LONG}${'a'.repeat(61)}`])(
  '%s is a host name',
  (host) => {
    expect(isHostName(host)).toBe(true);
  },
);

it.each([
  '',
  '.',
  'db.',
  '.db',
  'db..org',
  '-db',
  'db-',
  'DB',
  'd_b',
  'db org',
  '[::1]',
  'a'.repeat(64),
  `${LONG}${'a'.repeat(62)}`,
])('%j is not a host name', (host) => {
  expect(isHostName(host)).toBe(false);
});

it('a label is one part of a host name', () => {
  expect([HOST_LABEL.test('a-1'), HOST_LABEL.test('a.b')]).toEqual([true, false]);
});

it.each(['matrix.example.org', 'a.xn--p1ai', 'matrix.caritas.local'])('%s can be a public host', (host) => {
  expect(checkedPublicHost('publicBaseUrl', host)).toBe(host);
});

it.each(['localhost', '10.1.2.3', '[2001:db8::1]', 'matrix.example.org.', 'Matrix.example.org', '*.example.org', ''])(
  'refuses the public host %j, which an Ingress or Gateway cannot match',
  (host) => {
    const check = () => checkedPublicHost('publicBaseUrl', host);
    expect(check).toThrow(`host '${host}' of publicBaseUrl`);
    expect(check).toThrow('such as matrix.example.org');
  },
);

it.each(['db.example.org', 'DB.example.org', 'db', '10.1.2.3', '2001:db8::1'])(
  '%s can be the host of a server',
  (host) => {
    expect(checkedHost('host', host)).toBe(host);
  },
);

it.each(['postgres://db.example.org', 'db.example.org:5432', 'db.example.org/synapse', '-db', ''])(
  'refuses the host %j of a server',
  (host) => {
    const check = () => checkedHost('host', untyped(host));
    expect(check).toThrow(`host '${host}'`);
    expect(check).toThrow('such as db.example.org');
  },
);

it.each(['matrix.example.org:443', 'localhost:8448', '10.1.2.3:1', '[2001:db8::1]:65535'])(
  'accepts the host with a port %s',
  (address) => {
    expect(checkedHostAndPort('federationHost', address)).toBe(address);
  },
);

it.each([
  'matrix.example.org',
  'matrix.example.org:',
  'matrix.example.org:0',
  'matrix.example.org:65536',
  'matrix.example.org:https',
  'https://matrix.example.org:443',
  'Matrix.example.org:443',
  '2001:db8::1:443',
  '[10.1.2.3]:443',
  ':443',
  '',
  undefined,
])('refuses %j, which is not a host with a port', (address) => {
  const check = () => checkedHostAndPort('federationHost', untyped(address));
  expect(check).toThrow(`federationHost '${address}'`);
  expect(check).toThrow('such as matrix.example.org:443');
});
