import { Peer } from '../../../lib';
import { openedPort } from '../../../lib/kubernetes/network/peer-port';

const peer = Peer.pods({ app: 'store' });

it.each([
  [{ addressPort: 443 }, 443],
  [{ addressPort: 80, peer }, 80],
  [{ addressPort: 80, peer, port: 9000 }, 9000],
])('opens for %j the port %d', (ports, opened) => {
  expect(openedPort('port', ports)).toBe(opened);
});

it.each([0, 70000, 80.5, Number.NaN])('fails when the port is %d', (port) => {
  expect(() => openedPort('port of the store', { addressPort: 80, peer, port })).toThrow(
    `port of the store must be the port of the pods, from 1 to 65535, got ${port}: leave it out`,
  );
});

it('fails when a port has no peer, because it would open a port of the internet that is not used', () => {
  expect(() => openedPort('port of the store', { addressPort: 80, port: 9000 })).toThrow(
    'port of the store is 9000, but without a peer the network policy is for servers on the internet',
  );
});
