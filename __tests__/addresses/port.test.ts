import { isPort, portOfUrl } from '../../lib/addresses/port';

it.each([1, 443, 65535])('%p is a port', (port) => {
  expect(isPort(port)).toBe(true);
});

it.each([0, -1, 65536, 80.5, Number.NaN, undefined as unknown as number])('%p is not a port', (port) => {
  expect(isPort(port)).toBe(false);
});

it('1024 is the lowest port without privileges', () => {
  expect([isPort(1023, 1024), isPort(1024, 1024)]).toEqual([false, true]);
});

it.each([
  ['https://example.org/path', 443],
  ['http://example.org', 80],
  ['https://example.org:8448', 8448],
  ['http://[::1]:8080', 8080],
])('%s has the port %i', (url, port) => {
  expect(portOfUrl(new URL(url))).toBe(port);
});
