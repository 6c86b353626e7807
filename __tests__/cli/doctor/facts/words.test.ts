import { ageOf, inBytes, some } from '../../../../cli/doctor/facts/words';

it.each([
  [1, '1 second'],
  [90, '90 seconds'],
  [300, '5 minutes'],
  [7200, '2 hours'],
  [100_000, '28 hours'],
  [5 * 86_400, '5 days'],
])('%i s are %s', (seconds, words) => expect(ageOf(seconds)).toBe(words));

it.each([
  [0, '0 B'],
  [1536, '1.5 KiB'],
  [20 * 2 ** 30, '20 GiB'],
])('%i bytes are %s', (bytes, words) => expect(inBytes(bytes)).toBe(words));

it('names some and counts the rest', () => {
  expect(some(['a', 'b', 'c', 'd'])).toBe('a, b, c, d');
  expect(some(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});
