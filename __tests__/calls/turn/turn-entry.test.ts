import { TurnEntry } from '../../../lib';

it.each<[string, () => TurnEntry, string, string]>([
  ['a node port is too low', () => TurnEntry.nodePorts({ port: 3478 }), 'port 3478', 'from 30000 to 32767'],
  ['a relay port is too high', () => TurnEntry.nodePorts({ firstRelayPort: 49152 }), 'firstRelayPort 49152', '32767'],
  ['both ports are one', () => TurnEntry.nodePorts({ tlsPort: 30478 }), 'tlsPort 30478', 'use another port'],
  ['the address is a name', () => TurnEntry.nodePorts({ publicAddress: 'turn.example.org' }), "'turn.", '203.0.113.7'],
  ['the address is empty', () => TurnEntry.loadBalancer({ publicAddress: '' }), "publicAddress ''", '203.0.113.7'],
  [
    'a port of a load balancer is not one',
    () => TurnEntry.loadBalancer({ publicAddress: '203.0.113.7', port: 0 }),
    'port 0',
    'from 1 to 65535',
  ],
])('fails when %s', (_, make, value, remedy) => {
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});
