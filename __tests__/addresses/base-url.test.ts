import { checkedPublicBaseUrl } from '../../lib/addresses/base-url';

it.each([
  ['https://matrix.example.org', 'https://matrix.example.org'],
  ['https://matrix.example.org/', 'https://matrix.example.org'],
  ['https://Matrix.Example.org', 'https://matrix.example.org'],
  ['https://matrix.example.org:443', 'https://matrix.example.org'],
  ['http://matrix.example.org:80/', 'http://matrix.example.org'],
  ['http://matrix.example.org:8008', 'http://matrix.example.org:8008'],
  ['https://[2001:db8::1]:8448', 'https://[2001:db8::1]:8448'],
])('takes %s', (url, checked) => {
  expect(checkedPublicBaseUrl(url)).toBe(checked);
});

it.each(['matrix.example.org', 'matrix.example.org:8008', '//matrix.example.org', 'ftp://matrix.example.org', ''])(
  'fails when %p has no scheme',
  (url) => {
    const check = () => checkedPublicBaseUrl(url);
    expect(check).toThrow(`publicBaseUrl '${url}' has no scheme`);
    expect(check).toThrow('write it as https://matrix.example.org');
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
  'https://',
])('fails when %p is more or less than scheme, host and port', (url) => {
  const check = () => checkedPublicBaseUrl(url);
  expect(check).toThrow(`publicBaseUrl '${url}'`);
  expect(check).toThrow('scheme, host and port alone, such as https://matrix.example.org');
});
