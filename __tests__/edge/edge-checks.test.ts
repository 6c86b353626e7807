import { EdgeTls, Entry, Peer, SystemSize } from '../../lib';
import { checkedEdgeOptions } from '../../lib/edge/edge-checks';

const URL = 'https://matrix.example.org';
const controller = Peer.namespace('nginx');
const ingress = Entry.ingress({ className: 'nginx', controller, tls: EdgeTls.ofController() });
const gateway = Entry.gateway({ gatewayName: 'public', controller });

it('has no entry and trusts one proxy by default', () => {
  const checked = checkedEdgeOptions({}, URL);
  expect(checked).toMatchObject({ trustedProxies: [], proxyHops: 1, replicas: 2 });
  expect(checked.entry._controller).toBeUndefined();
});

it('runs more proxies for a large system', () => {
  const replicas = Object.values(SystemSize).map((size) => checkedEdgeOptions({}, URL, size).replicas);
  expect(replicas).toEqual([2, 2, 4]);
});

it('keeps the options that are set', () => {
  const options = { entry: ingress, proxyHops: 9, replicas: 1, trustedProxies: ['10.1.2.0/24', '2001:db8::/64'] };
  expect(checkedEdgeOptions(options, URL, SystemSize.LARGE)).toEqual({ ...options, sites: [] });
});

it.each([
  [{ replicas: 0 }, 'replicas of the edge must be a whole number from 1, got 0', 'leave it out for 2'],
  [{ replicas: 1.5 }, 'got 1.5', 'leave it out for 2'],
  [{ proxyHops: 0 }, 'proxyHops must be a whole number from 1 to 9, got 0', 'leave it out for 1'],
  [{ proxyHops: 10 }, 'got 10', 'leave it out for 1'],
  [{ trustedProxies: ['10.1.2.3'] }, "trustedProxies has '10.1.2.3'", 'such as 10.1.2.3/32'],
  [{ trustedProxies: ['nginx.example.org/32'] }, "trustedProxies has 'nginx.example.org/32'", 'such as 10.1.2.3/32'],
  // That would trust every client.
  [{ trustedProxies: ['0.0.0.0/0'] }, "trustedProxies has '0.0.0.0/0'", 'prefix length of at least 1'],
  [{ nodePort: 0, allowedClients: [Peer.ANYONE] }, 'nodePort must be a port', 'such as 30292, got 0'],
  [{ nodePort: 30292 }, 'nodePort 30292', 'such as allowedClients'],
  [{ nodePort: 30292, allowedClients: [] }, 'nodePort 30292', 'such as allowedClients'],
])('fails when an option is not valid: %j', (options, value, remedy) => {
  expect(() => checkedEdgeOptions(options, URL)).toThrow(value);
  expect(() => checkedEdgeOptions(options, URL)).toThrow(remedy);
});

it.each([
  ['Ingress', ingress],
  ['Gateway', gateway],
])('fails when publicBaseUrl of an %s is without TLS', (_, entry) => {
  const make = () => checkedEdgeOptions({ entry }, 'http://matrix.example.org');
  expect(make).toThrow("publicBaseUrl 'http://matrix.example.org' is without TLS");
  expect(make).toThrow('use https://, or Entry.none()');
});

it('accepts publicBaseUrl without TLS when there is no entry', () => {
  expect(() => checkedEdgeOptions({}, 'http://matrix.example.org')).not.toThrow();
  expect(() => checkedEdgeOptions({ entry: Entry.none() }, 'http://matrix.example.org')).not.toThrow();
});
