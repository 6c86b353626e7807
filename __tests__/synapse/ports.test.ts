import { checkedPorts } from '../../lib/synapse/ports';

it('defaults to the ports of the running installation', () => {
  expect(checkedPorts()).toEqual({ client: 8008, federation: 8009, metrics: 9000 });
  expect(checkedPorts({ metrics: 9001 })).toEqual({ client: 8008, federation: 8009, metrics: 9001 });
});

it.each([
  [{ client: 8009 }, "ports 'client' and 'federation' are both 8009"],
  [{ federation: 9000 }, "ports 'federation' and 'metrics' are both 9000"],
  [{ client: 7000, metrics: 7000 }, "ports 'client' and 'metrics' are both 7000"],
])('refuses %p, two of which are the same', (ports, message) => {
  expect(() => checkedPorts(ports)).toThrow(message);
  expect(() => checkedPorts(ports)).toThrow('give each its own');
});

it.each([0, 443, 1023, 65536, -1, 8008.5, Number.NaN])('refuses port %p', (client) => {
  expect(() => checkedPorts({ client })).toThrow(`port ${client} of 'client'`);
  expect(() => checkedPorts({ client })).toThrow('from 1024 to 65535');
});
