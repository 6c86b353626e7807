import { Size } from 'cdk8s';
import { formatSize, parseCpu, parseSize, quantity } from '../../../lib/kubernetes/checks/quantities';

it.each([
  ['512Mi', '512Mi'],
  ['1024Mi', '1Gi'],
  ['1536Mi', '1536Mi'],
  ['10Gi', '10Gi'],
  ['2Ti', '2048Gi'],
])('parses %s and formats it as %s', (text, written) => {
  expect(formatSize(parseSize(text))).toBe(written);
  expect(quantity(parseSize(text)).value).toBe(written);
});

it.each(['10GB', '10 Gi', '10gi', '10', '0Gi', '-1Gi', '1.5Gi', '1e3Mi', 'Gi', ' 1Gi', ''])(
  'refuses the size %p',
  (text) => {
    expect(() => parseSize(text)).toThrow(`'${text}'`);
    expect(() => parseSize(text)).toThrow('such as 10Gi');
  },
);

it.each([
  ['2', '2000m'],
  ['0.5', '500m'],
  ['0.001', '1m'],
  ['1.005', '1005m'],
  ['250m', '250m'],
])('parses %s CPU as %s', (text, amount) => {
  expect(parseCpu(text).amount).toBe(amount);
});

it.each(['0', '0m', '0.0001', '-1', '1.5m', '1 ', '500M', 'half', ''])('refuses the amount of CPU %p', (text) => {
  expect(() => parseCpu(text)).toThrow(`'${text}'`);
  expect(() => parseCpu(text)).toThrow('such as 2, 0.5 or 250m');
});

it('refuses a size that is not a whole number of mebibytes', () => {
  expect(() => quantity(Size.kibibytes(100))).toThrow('whole number of mebibytes');
});
