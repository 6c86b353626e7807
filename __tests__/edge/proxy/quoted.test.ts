import { quoted } from '../../../lib/edge/proxy/quoted';

it.each([
  [8080, "'8080'"],
  ['10.1.2.3/32 2001:db8::/64', "'10.1.2.3/32 2001:db8::/64'"],
  ['^/[^/]+\\.x #"$HOME"$', `'^/[^/]+\\.x #"$HOME"$'`],
])('keeps %s one word in which nothing is expanded', (value, text) => {
  expect(quoted(value)).toBe(text);
});

it.each(["https://o'neill.example.org", 'two\nlines'])('refuses %j, which would end the word', (value) => {
  expect(() => quoted(value)).toThrow(JSON.stringify(value));
});
