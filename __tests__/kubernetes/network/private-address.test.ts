import { Peer } from '../../../lib/kubernetes/network/peer';
import { checkReachable, isPrivateAddress } from '../../../lib/kubernetes/network/private-address';

it.each([
  ['example.org', false],
  ['8.8.8.8', false],
  ['172.15.255.255', false],
  ['172.16.0.1', true],
  ['keycloak', true],
  ['keycloak.auth.svc', true],
  ['keycloak.auth.svc.cluster.local.', true],
  ['10.0.0.1', true],
  ['192.168.1.1', true],
  ['[2001:db8::1]', true],
])('%s is a private address: %p', (host, expected) => {
  expect(isPrivateAddress(host)).toBe(expected);
});

it('refuses an address that the network policy would block, and suggests a peer', () => {
  const make = () => checkReachable('endpoint', 'https://10.0.0.1:9000', undefined, "Peer.pods({ app: 'minio' })");
  expect(make).toThrow("endpoint 'https://10.0.0.1:9000'");
  expect(make).toThrow("peer: Peer.pods({ app: 'minio' }), or Peer.addresses('10.1.2.3/32')");
  expect(() => checkReachable('endpoint', 'https://10.0.0.1:9000', Peer.addresses('10.0.0.1/32'), '')).not.toThrow();
});

it('accepts a public address without a peer', () => {
  expect(() => checkReachable('endpoint', 'https://storage.example.org', undefined, '')).not.toThrow();
});
