import { Size } from 'cdk8s';
import { formatSize, parseCpu, parseSize, quantity } from '../../../lib/kubernetes/checks/quantities';

it.each([
  ['512Mi', '512Mi'],
  ['1024Mi', '1Gi'],
  ['1536Mi', '1536Mi'],
  ['10Gi', '10Gi'],
  ['2Ti', '2048Gi'],
])('reads %s and writes %s', (text, written) => {
  expect(formatSize(parseSize(text))).toBe(written);
  expect(quantity(parseSize(text)).value).toBe(written);
});

it.each(['10GB', '10 Gi', '10gi', '10', '0Gi', '-1Gi', '1.5Gi', '1e3Mi', 'Gi', ' 1Gi', ''])(
  'fails when a size is %p',
  (text) => {
    expect(() => parseSize(text)).toThrow(`'${text}' is no amount of memory or storage`);
  },
);

it.each([
  ['2', '2000m'],
  ['0.5', '500m'],
  ['0.001', '1m'],
  ['1.005', '1005m'],
  ['250m', '250m'],
])('reads %s CPU as %s', (text, amount) => {
  expect(parseCpu(text).amount).toBe(amount);
});

it.each(['0', '0m', '0.0001', '-1', '1.5m', '1 ', '500M', 'half', ''])('fails when an amount of CPU is %p', (text) => {
  expect(() => parseCpu(text)).toThrow(`'${text}' is no amount of CPU`);
});

it('fails when a size is given as text', () => {
  expect(() => formatSize('10Gi' as unknown as Size)).toThrow(`"10Gi" is no Size: write Size.gibibytes(10)`);
});

it('fails when a size is no whole number of mebibytes', () => {
  expect(() => quantity(Size.kibibytes(100))).toThrow('whole number of mebibytes');
});
