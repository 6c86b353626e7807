import { type DiscoverySite, SupportRole } from '../../lib/discovery/site';
import { discoveryHostOf, wellKnownOf } from '../../lib/discovery/well-known';

const documents = (site: Partial<DiscoverySite> = {}) =>
  wellKnownOf({ serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org', ...site });

test.each([
  ['https://matrix.example.org', 'matrix.example.org:443', 'https://matrix.example.org'],
  ['https://matrix.example.org/', 'matrix.example.org:443', 'https://matrix.example.org'],
  ['https://matrix.example.org:8448', 'matrix.example.org:8448', 'https://matrix.example.org:8448'],
  ['https://[2001:db8::1]:8448', '[2001:db8::1]:8448', 'https://[2001:db8::1]:8448'],
  // Servers speak TLS to each other.
  ['http://matrix.example.org', 'matrix.example.org:443', 'http://matrix.example.org'],
])('publicBaseUrl %s makes %s the federation host', (publicBaseUrl, server, client) => {
  expect(documents({ publicBaseUrl })).toEqual({
    server: { 'm.server': server },
    client: { 'm.homeserver': { base_url: client } },
  });
});

test('publishes federationHost to servers', () => {
  expect(documents({ federationHost: 'federation.example.org:8449' }).server).toEqual({
    'm.server': 'federation.example.org:8449',
  });
});

test('adds extraClientContent beside the homeserver', () => {
  const extraClientContent = { 'm.identity_server': { base_url: 'https://id.example' } };
  expect(documents({ extraClientContent }).client).toEqual({
    'm.homeserver': { base_url: 'https://matrix.example.org' },
    'm.identity_server': { base_url: 'https://id.example' },
  });
});

test('has a support document when a contact or a page is set', () => {
  const supportPage = 'https://example.org/help';
  const supportContacts = [
    { role: SupportRole.ADMIN, matrixId: '@admin:example.org', emailAddress: 'admin@example.org' },
    { role: SupportRole.of('org.example.role'), emailAddress: 'other@example.org' },
  ];
  expect(documents({ supportContacts, supportPage }).support).toEqual({
    contacts: [
      { role: 'm.role.admin', matrix_id: '@admin:example.org', email_address: 'admin@example.org' },
      { role: 'org.example.role', email_address: 'other@example.org' },
    ],
    support_page: supportPage,
  });
  expect(documents({ supportContacts: [], supportPage }).support).toEqual({ support_page: supportPage });
  expect(documents({ supportContacts: [] }).support).toBeUndefined();
});

test.each([
  ['example.org', 'example.org'],
  ['example.org:8448', 'example.org'],
  ['a-b.xn--bcher-kva.example:1', 'a-b.xn--bcher-kva.example'],
  ['localhost', 'localhost'],
  ['10.1.2.3:8448', '10.1.2.3'],
])('serves %s at host %s', (serverName, host) => {
  expect(discoveryHostOf(serverName)).toBe(host);
});

test.each([
  '',
  'Example.org',
  'https://example.org',
  'example.org/',
  'example.org;',
  'example.org x',
  'example.org\n',
  'example.org\n=b c',
  '$host',
  '"example"',
  '{example}',
  '..',
  'a..b',
  '.example.org',
  'example.org.',
  '-a.example',
  'a_b.example',
  '~a',
  'example.org:',
  'example.org:0',
  'example.org:65536',
  `${'a.'.repeat(115)}b`,
])('fails when serverName is %j', (serverName) => {
  expect(() => discoveryHostOf(serverName)).toThrow(`serverName is ${JSON.stringify(serverName)}, but `);
});

test.each(['[::1]', '[2001:db8::1]:8448'])('fails when serverName is the address %s', (address) => {
  expect(() => discoveryHostOf(address)).toThrow(`serverName '${address}' is an IP address`);
  expect(() => discoveryHostOf(address)).toThrow('use a domain, or Discovery.none()');
});

test.each([
  '',
  'matrix.example.org',
  'https:matrix.example.org',
  'ftp://matrix.example.org',
  'https://',
  'https://a b',
  ' https://matrix.example.org',
  'https://matrix.example.org\n',
  'https://matrix.example.org:99999',
  'https://matrix.example.org/_matrix',
  'https://matrix.example.org//',
  'https://matrix.example.org?x',
  'https://matrix.example.org/#',
  'https://me:secret@matrix.example.org',
])('fails when publicBaseUrl is %j', (publicBaseUrl) => {
  expect(() => documents({ publicBaseUrl })).toThrow(`publicBaseUrl of example.org '${publicBaseUrl}' `);
  expect(() => documents({ publicBaseUrl })).toThrow('such as https://matrix.example.org');
});

test.each(['', 'matrix.example.org', 'https://matrix.example.org:443', 'a:0', 'a:65536', 'a:443/', 'a b:443', 'A:443'])(
  'fails when federationHost is %j',
  (federationHost) => {
    expect(() => documents({ federationHost })).toThrow(
      `federationHost of example.org '${federationHost}' is not a valid host with a port`,
    );
    expect(() => documents({ federationHost })).toThrow('such as matrix.example.org:443');
  },
);

test('fails when extraClientContent has m.homeserver', () => {
  expect(() => documents({ extraClientContent: { 'm.homeserver': {} } })).toThrow(
    'extraClientContent of example.org has m.homeserver',
  );
  expect(() => documents({ extraClientContent: { 'm.homeserver': {} } })).toThrow(
    'leave it out, and set publicBaseUrl',
  );
});

test('fails when a contact has no valid user ID or e-mail address', () => {
  const role = SupportRole.ADMIN;
  const contact = (more: object) => () => documents({ supportContacts: [{ role, ...more }] });
  expect(contact({})).toThrow("supportContacts 'm.role.admin' of example.org has neither matrixId nor emailAddress");
  expect(contact({ matrixId: 'admin' })).toThrow("matrixId 'admin'");
  expect(contact({ emailAddress: 'admin' })).toThrow("emailAddress 'admin'");
});

test('fails when the support page is not a URL', () => {
  expect(() => documents({ supportPage: 'example.org/help' })).toThrow("supportPage 'example.org/help' of example.org");
});
