import { Duration } from 'cdk8s';
import type { DiscoverySite } from '../../lib/discovery/site';
import { siteFiles } from '../../lib/discovery/site-files';

const SITE = { serverName: 'example.org', publicBaseUrl: 'https://matrix.example.org' };

function files(...sites: Array<Partial<DiscoverySite>>) {
  return siteFiles(
    sites.map((site) => ({ ...SITE, ...site })),
    Duration.hours(1),
  );
}

test('has a file for each document, a list of hosts, and the cache headers', () => {
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

test('lists hosts that are also nginx keywords', () => {
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
])('fails when %s and %s have the same host', (one, other) => {
  expect(() => files({ serverName: one }, { serverName: other })).toThrow(
    `sites has ${one} and ${other}, which have the same host example.org`,
  );
});

test('indents the documents', () => {
  expect(files({})['example.org.server.json']).toBe('{\n  "m.server": "matrix.example.org:443"\n}\n');
});

test('leaves out a document without content', () => {
  expect(files({ supportContacts: [] })).not.toHaveProperty(['example.org.support.json']);
});
