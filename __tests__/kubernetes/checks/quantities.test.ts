import { Size } from 'cdk8s';
import {
  cpuMillis,
  cpuQuantity,
  formatSize,
  parseCpu,
  parseSize,
  quantity,
} from '../../../lib/kubernetes/checks/quantities';
import { Cpu } from '../../../lib/kubernetes/k8s';

it.each([
  ['512Mi', '512Mi'],
  ['1024Mi', '1Gi'],
  ['1536Mi', '1536Mi'],
  ['10Gi', '10Gi'],
  ['2048Gi', '2Ti'],
  ['1025Gi', '1025Gi'],
  ['4096Ti', '4Pi'],
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

it.each([Size.kibibytes(100), Size.mebibytes(1.5)])('refuses %p, which is not a whole number of mebibytes', (size) => {
  expect(() => quantity(size)).toThrow('whole number of mebibytes');
});

// The API server stores these forms, so that applying any other one would look like a change.
it.each([
  [Cpu.units(4), '4'],
  [Cpu.millis(4000), '4'],
  [Cpu.units(0.5), '500m'],
  [Cpu.units(2.5), '2500m'],
  [Cpu.millis(250), '250m'],
  [parseCpu('2'), '2'],
])('renders %j as %s', (cpu, written) => {
  expect(cpuQuantity(cpuMillis(cpu)).value).toBe(written);
});

it.each([Cpu.millis(0), Cpu.units(0.0001), Cpu.millis(1.5)])('refuses to render %j', (cpu) => {
  expect(() => cpuMillis(cpu)).toThrow(`'${cpu.amount}' is not a valid amount of CPU`);
});
