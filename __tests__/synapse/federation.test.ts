import { Federation } from '../../lib';
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

it('fails when the list allows nobody', () => {
  expect(() => Federation.allowList()).toThrow('allows nobody: name a server, or write Federation.CLOSED');
});

it.each([
  ['https://example.org', 'write "example.org"'],
  ['Example.org', 'write "example.org"'],
  ['10.1.2.3', 'write a domain'],
  ['*.example.org', 'write letters'],
])('fails when %s is on the list', (name, remedy) => {
  const make = () => Federation.allowList('example.org', name);
  expect(make).toThrow(`"${name}"`);
  expect(make).toThrow(remedy);
});
