import { Federation, Peer } from '../../../lib';
import { emptyChart, renderedIn, synapseIn } from '../../support/parts';

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
  expect([federation.enabled, federation._resources, federation._settings]).toEqual([enabled, resources, settings]);
});

it.each([
  ['OPEN', true, Federation.OPEN],
  ['allowList', true, Federation.allowList('example.org')],
  ['CLOSED', false, Federation.CLOSED],
])('%s: allows connections to the internet: %p', (_, open, federation) => {
  const chart = emptyChart();
  synapseIn(chart, { federation });
  const { ingress = [], egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
  expect(ingress).toEqual([]);
  const ranges = JSON.stringify(egress);
  expect(ranges.includes('"except"')).toBe(open);
  if (open) {
    // Other servers choose their ports, but none of them is in the cluster.
    expect(ranges).toContain('10.0.0.0/8');
  }
});

describe('servers within the cluster or a private network', () => {
  const controller = Peer.pods({ app: 'traefik' }, 'edge');
  const place = { addresses: '10.96.1.2/32', peer: controller, port: 8443 };

  it.each([
    ['OPEN', Federation.OPEN],
    ['allowList', Federation.allowList(...SERVERS)],
  ])('%s: looks for servers only at these private addresses', (_, federation) => {
    const settings = federation.withPrivateNetwork(place).withPrivateNetwork({ addresses: '192.168.7.0/24' })._settings;
    expect(settings).toEqual({ ...federation._settings, ip_range_whitelist: ['10.96.1.2/32', '192.168.7.0/24'] });
  });

  it.each([
    [
      'the pods behind a Service at their port',
      place,
      { to: controller._selectors, ports: [{ port: 8443, protocol: 'TCP' }] },
    ],
    [
      'the addresses at every port',
      { addresses: '192.168.7.0/24' },
      { to: [{ ipBlock: { cidr: '192.168.7.0/24' } }], ports: [{ protocol: 'TCP' }] },
    ],
  ])('allows connections to %s', (_, where, rule) => {
    const chart = emptyChart();
    synapseIn(chart, { federation: Federation.OPEN.withPrivateNetwork(where) });
    const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
    expect(egress).toContainEqual(rule);
    expect(renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec.ingress).toBeUndefined();
  });

  it('does not change the Federation that it extends', () => {
    Federation.OPEN.withPrivateNetwork(place);
    expect(Federation.OPEN._settings).toEqual({ trusted_key_servers: [] });
  });

  it.each([
    ['federation is closed', Federation.CLOSED, place, /^Federation.CLOSED .*'10.96.1.2\/32'.* Federation.allowList/],
    ['the addresses are not a range', Federation.OPEN, { addresses: '10.96.1.2' }, "'10.96.1.2'"],
    ['the range is everywhere', Federation.OPEN, { addresses: '0.0.0.0/0' }, "'0.0.0.0/0'"],
    ['the range is wider than private networks are', Federation.OPEN, { addresses: 'f000::/6' }, "'f000::/6'"],
    [
      'the port is not valid',
      Federation.OPEN,
      { addresses: '10.1.2.3/32', port: 0 },
      /^port 0 .*'10.1.2.3\/32'.* 1 to 65535/,
    ],
  ])('fails when %s', (_, federation, where, message) => {
    expect(() => federation.withPrivateNetwork(where)).toThrow(message);
  });
});

it('refuses an empty list', () => {
  expect(() => Federation.allowList()).toThrow(/^Federation.allowList\(\) .* Federation.CLOSED$/);
});

it('accepts servers whose name is an IP address', () => {
  expect(Federation.allowList('10.1.2.3', '[2001:db8::1]:8448')._settings.federation_domain_whitelist).toHaveLength(2);
});

it.each([
  ['https://example.org', '"example.org"'],
  ['Example.org', '"example.org"'],
  ['10.1.2', 'use a domain'],
  ['*.example.org', 'letters a-z'],
])('refuses %s on the list', (name, remedy) => {
  const make = () => Federation.allowList('example.org', name);
  expect(make).toThrow(`"${name}"`);
  expect(make).toThrow(remedy);
});
