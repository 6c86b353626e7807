import { Peer } from '../../../lib';
import { checkReachable, isBeyondInternet } from '../../../lib/kubernetes/network/private-address';

it.each([
  ['example.org', false],
  ['8.8.8.8', false],
  ['keycloak', true],
  ['keycloak.auth.svc', true],
  ['keycloak.auth.svc.cluster.local.', true],
  ['10.0.0.1', true],
  ['192.168.1.1', true],
  ['[2001:db8::1]', true],
])('%s is beyond the internet: %p', (host, beyond) => {
  expect(isBeyondInternet(host)).toBe(beyond);
});

it('fails when the network policy does not lead to an address, and says how it would', () => {
  const make = () => checkReachable('endpoint', 'https://10.0.0.1:9000', undefined, "Peer.pods({ app: 'minio' })");
  expect(make).toThrow("endpoint 'https://10.0.0.1:9000' is known in the cluster alone, or no public address of IPv4");
  expect(make).toThrow("peer: Peer.pods({ app: 'minio' }), or Peer.addresses('10.1.2.3/32')");
  expect(() => checkReachable('endpoint', 'https://10.0.0.1:9000', Peer.addresses('10.0.0.1/32'), '')).not.toThrow();
});
