import { Homeserver } from '../../../../cli/doctor/facts/homeserver';
import { federationPlace, placeOf, sitesIn, tlsPlaces, wellKnownUrl } from '../../../../cli/doctor/facts/public-places';

const homeserver = Homeserver.of(`
server_name: example.org:8448
public_baseurl: https://matrix.example.org/
listeners: [{ port: 8009, type: http, resources: [{ names: [federation] }] }]
`);
const files = {
  'other.example.client.json': '{}',
  'other.example.server.json': '{}',
  'example.org_8448.client.json': '{"m.homeserver":{}}',
  'example.org_8448.server.json': '{"m.server":"matrix.example.org:443"}',
  'hosts.map': '=example.org example.org_8448;',
};

it('finds the sites in the files of the discovery, its own name first', () => {
  const sites = sitesIn(files, homeserver);
  expect(sites.map(({ serverName }) => serverName)).toEqual(['example.org:8448', 'other.example']);
  expect(sites[0].deployed).toEqual({
    client: { 'm.homeserver': {} },
    server: { 'm.server': 'matrix.example.org:443' },
  });
  expect(wellKnownUrl(sites[0], 'client')).toBe('https://example.org/.well-known/matrix/client');
});

it('has only the server name where nothing is served, or not in this form', () => {
  expect(sitesIn({}, homeserver)).toEqual([{ serverName: 'example.org:8448' }]);
  expect(sitesIn({ 'example.org': '{}' }, homeserver)).toEqual([{ serverName: 'example.org:8448' }]);
  expect(sitesIn({}, Homeserver.of(undefined))).toEqual([]);
});

it.each([
  ['matrix.example.org:443', { host: 'matrix.example.org', port: 443 }],
  ['matrix.example.org', { host: 'matrix.example.org', port: 8448 }],
])('other servers connect for %s to %j', (server, place) => {
  expect(
    federationPlace({ serverName: 'example.org', deployed: { client: {}, server: { 'm.server': server } } }),
  ).toEqual(place);
});

it('other servers connect without delegation to the server name', () => {
  expect(federationPlace({ serverName: 'example.org' })).toEqual({ host: 'example.org', port: 8448 });
});

it.each([
  ['https://a.example', 443],
  ['http://a.example', 80],
  ['http://a.example:8008', 8008],
])('%s is at port %i', (url, port) => expect(placeOf(url)).toEqual({ host: 'a.example', port }));

it('looks at each place with TLS once', () => {
  const places = tlsPlaces(homeserver, sitesIn(files, homeserver)).map(({ host, port }) => `${host}:${port}`);
  expect(places).toEqual(['matrix.example.org:443', 'example.org:443', 'other.example:443']);
  expect(tlsPlaces(Homeserver.of('public_baseurl: http://192.0.2.1:8008'), [])).toEqual([]);
});
