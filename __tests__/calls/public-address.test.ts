import { checkedPublicAddress, publicAddressEnv } from '../../lib/calls/public-address';

it('is what the user gave', () => {
  expect(checkedPublicAddress('TurnEntry.nodePorts', '203.0.113.7')).toBe('203.0.113.7');
  expect(publicAddressEnv('NODE_IP', '203.0.113.7')).toEqual({ name: 'NODE_IP', value: '203.0.113.7' });
});

it('is that of the node where none was given', () => {
  expect(publicAddressEnv('NODE_IP').valueFrom?.fieldRef?.fieldPath).toBe('status.hostIP');
});

it.each(['turn.example.org', '2001:db8::7', '203.0.113'])('fails for %s', (address) => {
  expect(() => checkedPublicAddress('TurnEntry.nodePorts', address)).toThrow(
    `publicAddress '${address}' of TurnEntry.nodePorts is not an IPv4 address: use the one that clients reach`,
  );
});
