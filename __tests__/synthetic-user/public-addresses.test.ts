import { Testing } from 'cdk8s';
import { type IPeer, Peer, type SyntheticUserContext, type SyntheticUserOptions } from '../../lib';
import { Traffic } from '../../lib/kubernetes/network/traffic';
import { declarePublicTraffic, type PublicAddresses, publicAddresses } from '../../lib/synthetic-user/public-addresses';
import { find } from '../support/manifests';
import { emptyChart, systemIn, untyped } from '../support/parts';

const HOME: PublicAddresses = { homeserver: 'https://matrix.example.org' };
const CONTROLLER = Peer.pods({ app: 'traefik' }, 'kube-system');
const DNS_RULES = 1;

/** The egress rules, without that for names: [peer, ports]. */
function egress(addresses: PublicAddresses, options: SyntheticUserOptions = {}, controller?: IPeer) {
  const chart = emptyChart();
  const traffic = new Traffic(chart, 'Traffic', { app: 'synthetic', component: 'test' });
  declarePublicTraffic(traffic, addresses, options, controller);
  const rules = find(Testing.synth(chart), 'NetworkPolicy', 'synthetic').spec.egress.slice(DNS_RULES);
  return rules.map(({ to, ports }: { to: object[]; ports: { port?: number }[] }) => [
    Object.keys(to[0]).sort().join(),
    ports.map(({ port }) => port ?? 'any'),
  ]);
}

function addressesOf(props: { federates?: boolean; discovery?: object; address?: string }) {
  const system = systemIn(emptyChart(), { serverName: 'example.org:8448', federationHost: 'matrix.example.org:8448' });
  const { federates = false, discovery, address } = props;
  return publicAddresses(untyped<SyntheticUserContext>({ system, homeserver: { federates }, discovery }), address);
}

it('asks only what the system serves', () => {
  expect(addressesOf({})).toEqual(HOME);
  expect(addressesOf({ federates: true, discovery: {}, address: 'traefik.kube-system:443' })).toEqual({
    ...HOME,
    wellKnown: 'https://example.org/.well-known/matrix/client',
    federation: 'https://matrix.example.org:8448/_matrix/federation/v1/version',
    address: 'traefik.kube-system:443',
  });
});

it('allows the ports of the public addresses, each once', () => {
  expect(egress(HOME)).toEqual([['ipBlock', [443]]]);
  const federation = 'https://matrix.example.org:8448/_matrix/federation/v1/version';
  expect(egress({ ...HOME, wellKnown: 'https://example.org/x', federation })).toEqual([['ipBlock', [443, 8448]]]);
  expect(egress({ homeserver: 'http://matrix.example.org' })).toEqual([['ipBlock', [80]]]);
});

it('allows the controller too, at any port, because Kubernetes may send connections straight to it', () => {
  expect(egress(HOME, {}, CONTROLLER)).toEqual([
    ['namespaceSelector,podSelector', ['any']],
    ['ipBlock', [443]],
  ]);
});

it('allows only a given peer, at its port', () => {
  const options = { peer: CONTROLLER, port: 8443 };
  expect(egress({ ...HOME, address: 'traefik.kube-system:443' }, options, Peer.namespace('other'))).toEqual([
    ['namespaceSelector,podSelector', [8443]],
  ]);
});

it.each<[string, () => unknown, string, string]>([
  [
    'the address has no port',
    () => addressesOf({ address: 'traefik' }),
    "address of syntheticUser 'traefik'",
    'use both',
  ],
  [
    'it does not say who answers at the address',
    () => egress({ ...HOME, address: 'traefik.kube-system:443' }),
    "address of syntheticUser 'traefik.kube-system:443' needs a peer",
    'or Peer.INTERNET',
  ],
  [
    'an address is private and no peer says where it is',
    () => egress({ homeserver: 'https://10.1.2.3' }),
    "address of syntheticUser 'https://10.1.2.3'",
    'Peer.pods(',
  ],
  ['a port has no peer', () => egress(HOME, { port: 8443 }), 'port of syntheticUser is 8443', 'set the peer too'],
])('fails when %s', (_, make, value, remedy) => {
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});
