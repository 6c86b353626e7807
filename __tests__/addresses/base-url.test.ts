import { checkedBaseUrl } from '../../lib/addresses/base-url';

const check = (url: string) => checkedBaseUrl('publicBaseUrl', url);

it.each([
  ['https://matrix.example.org', 'https://matrix.example.org'],
  ['https://matrix.example.org/', 'https://matrix.example.org'],
  ['https://Matrix.Example.org', 'https://matrix.example.org'],
  ['https://matrix.example.org:443', 'https://matrix.example.org'],
  ['http://matrix.example.org:80/', 'http://matrix.example.org'],
  ['http://matrix.example.org:8008', 'http://matrix.example.org:8008'],
  ['https://[2001:db8::1]:8448', 'https://[2001:db8::1]:8448'],
])('%s is returned as %s', (url, checked) => {
  expect(check(url)).toBe(checked);
});

it.each(['matrix.example.org', 'matrix.example.org:8008', '//matrix.example.org', 'ftp://matrix.example.org', ''])(
  'refuses %p, which has no scheme',
  (url) => {
    expect(() => check(url)).toThrow(`publicBaseUrl '${url}' has no scheme`);
    expect(() => check(url)).toThrow('https://matrix.example.org');
  },
);

it.each([
  'https://matrix.example.org/matrix',
  'https://matrix.example.org//',
  'https://matrix.example.org?x=1',
  'https://matrix.example.org#x',
  'https://user:hunter2@matrix.example.org',
  'https://matrix example.org',
  'https://matrix.example.org:99999',
  'https://matrix.example.org\\',
  'https://',
])('refuses %p, which has more than scheme, host and port', (url) => {
  expect(() => check(url)).toThrow(`publicBaseUrl '${url}'`);
  expect(() => check(url)).toThrow('such as https://matrix.example.org');
});

it('names the prop in the message', () => {
  expect(() => checkedBaseUrl('endpoint', 'storage')).toThrow("endpoint 'storage'");
});
