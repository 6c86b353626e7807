import { Edge, EdgeTls, Peer, SystemSize } from '../../lib';
import { checkedEdgeOptions } from '../../lib/edge/edge-checks';

const URL = 'https://matrix.example.org';
const outside = Edge.ingress({ className: 'nginx', controller: Peer.namespace('nginx'), tls: EdgeTls.ofController() });

it('minimal: nobody comes from outside, and one proxy before us is believed', () => {
  const checked = checkedEdgeOptions({}, URL);
  expect(checked).toMatchObject({ trustedProxies: [], proxyHops: 1, replicas: 2 });
  expect(checked.edge.controller).toBeUndefined();
});

it('a large system has a place for everybody', () => {
  const replicas = Object.values(SystemSize).map((size) => checkedEdgeOptions({}, URL, size).replicas);
  expect(replicas).toEqual([2, 2, 4]);
});

it('takes ranges of both families', () => {
  const trustedProxies = ['10.1.2.0/24', '2001:db8::/64'];
  expect(checkedEdgeOptions({ trustedProxies }, URL).trustedProxies).toEqual(trustedProxies);
});

it.each([
  [{ edgeReplicas: 0 }, 'edgeReplicas must be a whole number from 1, got 0'],
  [{ edgeReplicas: 1.5 }, 'got 1.5'],
  [{ proxyHops: 0 }, 'proxyHops must be a whole number from 1 to 9, got 0'],
  [{ trustedProxies: ['10.1.2.3'] }, "'10.1.2.3', which is no range"],
  [{ trustedProxies: ['nginx.example.org/32'] }, 'no range'],
  // That would believe everybody.
  [{ trustedProxies: ['0.0.0.0/0'] }, 'no range of addresses of proxies'],
  [{ nodePort: 0, clients: [Peer.ANYONE] }, 'nodePort 0 is no port'],
  [{ nodePort: 30292 }, 'name who comes there'],
])('fails when it cannot be: %j', (options, message) => {
  expect(() => checkedEdgeOptions(options, URL)).toThrow(message);
});

it('fails when people would come from outside without TLS', () => {
  expect(() => checkedEdgeOptions({ edge: outside }, 'http://matrix.example.org')).toThrow('is without TLS');
  expect(() => checkedEdgeOptions({}, 'http://matrix.example.org')).not.toThrow();
});
