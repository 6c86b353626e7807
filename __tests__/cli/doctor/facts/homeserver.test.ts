import { Homeserver } from '../../../../cli/doctor/facts/homeserver';

const listeners = (name: string) => `
listeners:
  - { port: 8008, type: http, resources: [{ names: [client] }] }
  - { port: 8009, type: http, resources: [{ names: [${name}] }] }
  - { port: 9001, type: metrics }
`;

it('finds the port of the metrics', () => expect(Homeserver.of(listeners('openid')).metricsPort).toBe(9001));

it.each([
  [listeners('federation'), true],
  [`${listeners('federation')}federation_domain_whitelist: [example.org]`, true],
  [`${listeners('federation')}federation_domain_whitelist: []`, false],
  [listeners('openid'), false],
])('tells whether it federates', (text, federates) => expect(Homeserver.of(text).federates).toBe(federates));

it('has the base URL without a slash at the end', () => {
  expect(Homeserver.of('public_baseurl: https://matrix.example.org/').publicBaseUrl).toBe('https://matrix.example.org');
});

it.each(['', '{{{', undefined])('is empty for %j', (text) => {
  const { settings, metricsPort, federates, found } = Homeserver.of(text);
  expect({ settings, metricsPort, federates }).toEqual({ settings: {}, metricsPort: undefined, federates: false });
  expect(found).toBe(text !== undefined);
});
