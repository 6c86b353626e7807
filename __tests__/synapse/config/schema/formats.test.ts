import * as schema from '../../../../imports/homeserver.schema.json';
import { FORMATS } from '../../../../lib/synapse/config/schema/formats';

const CASES: Record<string, [right: string[], wrong: string[]]> = {
  'http-url': [
    ['https://a.example', 'http://a:80/b?c'],
    ['', 'a.example', '//a', 'ftp://a', 'http://', 'https://a b'],
  ],
  'ip-range': [
    ['10.0.0.0/8', '10.0.0.1', '::1/128', 'fe80::/10'],
    ['', '10.0.0.0/33', '10.0.0.300', 'example.org', '10.'],
  ],
  'ip-address': [
    ['', '0.0.0.0', '::'],
    ['a', '10.0.0.0/8', '[::]', 'example.org'],
  ],
  proxy: [
    ['http://a:3128', 'https://a.example/', 'a.example', 'http://u:p@a:1'],
    ['', '//a', 'http://', 'ftp://a', '/a', '['],
  ],
  'python-class': [
    ['a.B', 'a_1.b.C'],
    ['', 'B', 'a.', 'a-b.C', '.B', 'a:B', '1a.B'],
  ],
  'room-alias': [
    ['#a:example.org', '#ä/b:a:8448'],
    ['', 'a', '#a', '!a:example.org', '#a:', '#a b:example.org'],
  ],
  'room-version': [
    ['1', '12', 'org.matrix.hydra.11'],
    ['', '0', '13', '99', 'v12'],
  ],
  'server-name': [
    ['example.org', 'a.b:8448', '1.2.3.4'],
    ['', 'https://example.org', 'a_b', '*.example.org', 'a:b'],
  ],
  sender: [
    ['a@b.c', 'A <a@b.c>', '%(app)s <a@b.c>', '100%% <a@b.c>'],
    ['', 'A', '%(nope)s <a@b.c>', '50% <a@b.c>'],
  ],
  subject: [
    ['', '[%(app)s] %(person)s in %(room)s', '100%%'],
    ['%(nope)s', '%', '%(app)d', '%s'],
  ],
  'provider-id': [
    ['a', 'A-b.c_d~1'],
    ['', 'a b', 'a/b'],
  ],
  brand: [
    ['keycloak', 'a1._-'],
    ['', 'Keycloak', '1a', 'a b'],
  ],
  'mxc-uri': [['mxc://a/b'], ['', 'mxc://', 'mxc://a', 'https://a/b', 'mxc://a/b/c']],
  alphanumeric: [['u1'], ['', 'u_', 'a b']],
  localpart: [
    ['', 'admin', 'a.b-c_d=e/f+1'],
    ['Admin', '@admin', 'a:b', '@a:example.org', 'a b', '*'],
  ],
  'public-key': [
    ['A'.repeat(43), `${'a+/0'.repeat(10)}abc=`],
    ['', 'A'.repeat(42), 'A'.repeat(44)],
  ],
  path: [
    ['/a', 'a'],
    ['', ' '],
  ],
  text: [['a'], ['', ' ']],
};

test('every format has cases here, and an option', () => {
  expect(Object.keys(FORMATS).sort()).toEqual(Object.keys(CASES).sort());
  const used = new Set([...JSON.stringify(schema).matchAll(/"format":"([^"]+)"/g)].map(([, name]) => name));
  expect([...used].sort()).toEqual(Object.keys(CASES).sort());
});

test.each(Object.entries(CASES))('%s', (name, [right, wrong]) => {
  expect(right.filter((text) => !FORMATS[name].matches(text))).toEqual([]);
  expect(wrong.filter((text) => FORMATS[name].matches(text))).toEqual([]);
});

test('every format says what to use', () => {
  const silent = Object.values(FORMATS).filter(({ expected }) => !/: (use|set) /.test(expected));
  expect(silent).toEqual([]);
});
