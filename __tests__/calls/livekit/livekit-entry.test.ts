import { LivekitEntry } from '../../../lib';

it('has ports and the address of the node by default', () => {
  expect(LivekitEntry.nodePorts()).toMatchObject({ _onNodes: true, _udpPort: 30002, _tcpPort: 30001 });
  expect(LivekitEntry.nodePorts()._publicAddress).toBeUndefined();
});

it('keeps what is set', () => {
  const publicAddress = '203.0.113.7';
  expect(LivekitEntry.nodePorts({ publicAddress, udpPort: 31000, tcpPort: 31000 })).toMatchObject({
    _publicAddress: publicAddress,
    _udpPort: 31000,
    _tcpPort: 31000,
  });
  const balancer = { annotations: { 'example.org/pool': 'calls' }, loadBalancerClass: 'example.org/l4' };
  expect(LivekitEntry.loadBalancer({ publicAddress, ...balancer })).toMatchObject({
    _onNodes: false,
    _udpPort: 7882,
    _tcpPort: 7881,
    _balancer: balancer,
  });
});

it.each([29_999, 32_768, 30_000.5])('fails when a node port is not one: %d', (udpPort) => {
  expect(() => LivekitEntry.nodePorts({ udpPort })).toThrow(
    `udpPort ${udpPort} of LivekitEntry.nodePorts is not valid`,
  );
});

it.each([443, 7880, 6789, 65_536])('fails when the pod cannot open a port of the load balancer: %d', (tcpPort) => {
  expect(() => LivekitEntry.loadBalancer({ publicAddress: '203.0.113.7', tcpPort })).toThrow(
    `tcpPort ${tcpPort} of LivekitEntry.loadBalancer is not valid`,
  );
});

it.each(['', 'calls.example.org', '2001:db8::7'])('fails when the address is not IPv4: %j', (publicAddress) => {
  expect(() => LivekitEntry.nodePorts({ publicAddress })).toThrow('is not an IPv4 address: use the one that clients');
  expect(() => LivekitEntry.loadBalancer({ publicAddress })).toThrow(
    'is not an IPv4 address: use the one that clients',
  );
});
