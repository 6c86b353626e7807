import { Federation, Peer } from '../../lib';
import { emptyChart, renderedIn, synapseIn } from '../support/parts';

const SERVERS = ['example.org', 'matrix.org:8448'];

it.each([
  ['OPEN', Federation.OPEN, true, ['federation'], { trusted_key_servers: [] }],
  ['CLOSED', Federation.CLOSED, false, ['openid'], { federation_domain_whitelist: [], trusted_key_servers: [] }],
  [
    'allowList',
    Federation.allowList(...SERVERS),
    true,
    ['federation'],
    { federation_domain_whitelist: SERVERS, trusted_key_servers: [] },
  ],
])('%s', (_, federation, enabled, resources, settings) => {
  expect([federation.enabled, federation.resources, federation.settings]).toEqual([enabled, resources, settings]);
});

it.each([
  ['OPEN', Federation.OPEN, true],
  ['allowList', Federation.allowList('example.org'), true],
  ['CLOSED', Federation.CLOSED, false],
])('%s: the way to the internet is open, none comes in by itself: %p %p', (_, federation, open) => {
  const chart = emptyChart();
  synapseIn(chart, { federation });
  const { ingress = [], egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
  expect(ingress).toEqual([]);
  const ranges = JSON.stringify(egress);
  expect(ranges.includes('"except"')).toBe(open);
  if (open) {
    // Other servers choose their ports, but none lies in the cluster.
    expect(ranges).toContain('10.0.0.0/8');
  }
});

describe('servers within the cluster or a private network', () => {
  const controller = Peer.pods({ app: 'traefik' }, 'edge');
  const place = { addresses: '10.96.1.2/32', peer: controller, port: 8443 };

  it.each([
    ['OPEN', Federation.OPEN],
    ['allowList', Federation.allowList(...SERVERS)],
  ])('%s: Synapse asks at their addresses, and at no other private one', (_, federation) => {
    const settings = federation.withPrivateNetwork(place).withPrivateNetwork({ addresses: '192.168.7.0/24' }).settings;
    expect(settings).toEqual({ ...federation.settings, ip_range_whitelist: ['10.96.1.2/32', '192.168.7.0/24'] });
  });

  it.each([
    [
      'the pods behind a Service at their port',
      place,
      { to: controller.selectors, ports: [{ port: 8443, protocol: 'TCP' }] },
    ],
    [
      'the addresses at every port',
      { addresses: '192.168.7.0/24' },
      { to: [{ ipBlock: { cidr: '192.168.7.0/24' } }], ports: [{ protocol: 'TCP' }] },
    ],
  ])('the way is open to %s', (_, where, rule) => {
    const chart = emptyChart();
    synapseIn(chart, { federation: Federation.OPEN.withPrivateNetwork(where) });
    const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
    expect(egress).toContainEqual(rule);
    expect(renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec.ingress).toBeUndefined();
  });

  it('what it was made of stays as it was', () => {
    Federation.OPEN.withPrivateNetwork(place);
    expect(Federation.OPEN.settings).toEqual({ trusted_key_servers: [] });
  });

  it.each([
    ['it is closed', Federation.CLOSED, place, "speaks with nobody, nor at '10.96.1.2/32'"],
    ['it is no range', Federation.OPEN, { addresses: '10.96.1.2' }, "'10.96.1.2' is no range"],
    ['it is everywhere', Federation.OPEN, { addresses: '0.0.0.0/0' }, "'0.0.0.0/0' is wider than any private network"],
    ['it is wider than private networks are', Federation.OPEN, { addresses: 'f000::/6' }, "'f000::/6' is wider"],
    [
      'the port is none',
      Federation.OPEN,
      { addresses: '10.1.2.3/32', port: 0 },
      "port 0 of the servers at '10.1.2.3/32'",
    ],
  ])('fails when %s', (_, federation, where, message) => {
    expect(() => federation.withPrivateNetwork(where)).toThrow(message);
  });
});

it('fails when the list allows nobody', () => {
  expect(() => Federation.allowList()).toThrow('allows nobody: name a server, or write Federation.CLOSED');
});

it('may be with servers that are called by their address', () => {
  expect(Federation.allowList('10.1.2.3', '[2001:db8::1]:8448').settings.federation_domain_whitelist).toHaveLength(2);
});

it.each([
  ['https://example.org', 'write "example.org"'],
  ['Example.org', 'write "example.org"'],
  ['10.1.2', 'write a domain'],
  ['*.example.org', 'write letters'],
])('fails when %s is on the list', (name, remedy) => {
  const make = () => Federation.allowList('example.org', name);
  expect(make).toThrow(`"${name}"`);
  expect(make).toThrow(remedy);
});
