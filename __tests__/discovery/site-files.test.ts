import { Duration } from 'cdk8s';
import { type DiscoverySite, SupportRole } from '../../lib/discovery/site';
import { siteFiles } from '../../lib/discovery/site-files';

const SITE = { serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' };

function files(...sites: Array<Partial<DiscoverySite>>) {
  return siteFiles(
    sites.map((site) => ({ ...SITE, ...site })),
    Duration.hours(1),
  );
}

function document(name: string, site: Partial<DiscoverySite>) {
  return JSON.parse(files(site)[`example.org.${name}.json`]);
}

test('one file for each document, a list of hosts, and how long they hold', () => {
  expect(files({}, { serverName: 'other.example:8448', supportPage: 'https://other.example/help' })).toEqual({
    'example.org.server.json': expect.any(String),
    'example.org.client.json': expect.any(String),
    'other.example_8448.server.json': expect.any(String),
    'other.example_8448.client.json': expect.any(String),
    'other.example_8448.support.json': expect.any(String),
    'hosts.map': '=example.org example.org;\n=other.example other.example_8448;\n',
    'freshness.map': '200 "public, max-age=3600";\n304 "public, max-age=3600";\n',
  });
});

test.each([
  ['https://matrix.example.org', 'matrix.example.org:443', 'https://matrix.example.org'],
  ['https://matrix.example.org/', 'matrix.example.org:443', 'https://matrix.example.org'],
  ['https://matrix.example.org:8448', 'matrix.example.org:8448', 'https://matrix.example.org:8448'],
  ['https://[2001:db8::1]:8448', '[2001:db8::1]:8448', 'https://[2001:db8::1]:8448'],
])('publicBaseUrl %s leads servers to %s', (publicBaseUrl, server, client) => {
  expect(document('server', { publicBaseUrl })).toEqual({ 'm.server': server });
  expect(document('client', { publicBaseUrl })).toEqual({ 'm.homeserver': { base_url: client } });
});

test('federationHost leads servers elsewhere', () => {
  expect(document('server', { federationHost: 'federation.example.org:8449' })).toEqual({
    'm.server': 'federation.example.org:8449',
  });
});

test('extra content for clients stands beside the homeserver', () => {
  expect(
    document('client', { extraClientContent: { 'm.identity_server': { base_url: 'https://id.example' } } }),
  ).toEqual({
    'm.homeserver': { base_url: 'https://matrix.example.org' },
    'm.identity_server': { base_url: 'https://id.example' },
  });
});

test('contacts and page for support', () => {
  const supportContacts = [
    { role: SupportRole.ADMIN, matrixId: '@admin:example.org', emailAddress: 'admin@example.org' },
    { role: SupportRole.of('org.example.role'), emailAddress: 'other@example.org' },
  ];
  expect(document('support', { supportContacts, supportPage: 'https://example.org/help' })).toEqual({
    contacts: [
      { role: 'm.role.admin', matrix_id: '@admin:example.org', email_address: 'admin@example.org' },
      { role: 'org.example.role', email_address: 'other@example.org' },
    ],
    support_page: 'https://example.org/help',
  });
  expect(document('support', { supportContacts: [], supportPage: 'https://example.org/help' })).toEqual({
    support_page: 'https://example.org/help',
  });
  expect(files({ supportContacts: [] })).not.toHaveProperty(['example.org.support.json']);
});

test('names that mean something to nginx are names', () => {
  expect(files({ serverName: 'default' }, { serverName: 'include' })['hosts.map']).toBe(
    '=default default;\n=include include;\n',
  );
});

test('fails when there is no site', () => {
  expect(() => files()).toThrow('sites is empty');
});

test.each([
  ['example.org', 'example.org'],
  ['example.org', 'example.org:8448'],
])('fails when %s and %s answer to one host', (one, other) => {
  expect(() => files({ serverName: one }, { serverName: other })).toThrow(
    `sites has ${one} and ${other}: both are asked for as example.org`,
  );
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
  '[::1]',
  `${'a.'.repeat(115)}b`,
])('fails when serverName is %j', (serverName) => {
  expect(() => files({ serverName })).toThrow(`serverName '${serverName}' is none that has discovery`);
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
  expect(() => files({ publicBaseUrl })).toThrow(`publicBaseUrl '${publicBaseUrl}' of example.org is no address`);
});

test.each(['', 'matrix.example.org', 'https://matrix.example.org:443', 'a:0', 'a:65536', 'a:443/', 'a b:443', 'A:443'])(
  'fails when federationHost is %j',
  (federationHost) => {
    expect(() => files({ federationHost })).toThrow(`federationHost '${federationHost}' of example.org is no host`);
  },
);

test('fails when extraClientContent says where the homeserver is', () => {
  expect(() => files({ extraClientContent: { 'm.homeserver': {} } })).toThrow('has m.homeserver');
});

test('fails when a contact cannot be reached', () => {
  const role = SupportRole.ADMIN;
  const contact = (more: object) => () => files({ supportContacts: [{ role, ...more }] });
  expect(contact({})).toThrow('contact m.role.admin of example.org has neither matrixId nor emailAddress');
  expect(contact({ matrixId: 'admin' })).toThrow("matrixId 'admin'");
  expect(contact({ emailAddress: 'admin' })).toThrow("emailAddress 'admin'");
});

test('fails when the support page is no address', () => {
  expect(() => files({ supportPage: 'example.org/help' })).toThrow("supportPage 'example.org/help' of example.org");
});

test('fails when a role is none', () => {
  expect(() => SupportRole.of('Admin')).toThrow("'Admin' is no role");
});
