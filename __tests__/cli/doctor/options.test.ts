import { doctorOptions } from '../../../cli/doctor/options';

const resolve = (text: string) => doctorOptions(['-n', 'caritas', '--resolve', text])?.resolve;

it('has defaults for everything but the namespace', () => {
  expect(doctorOptions(['--namespace', 'caritas'])).toEqual({
    namespace: 'caritas',
    prefix: '',
    rendered: undefined,
    inside: false,
    json: false,
    resolve: new Map(),
  });
});

it('asks for help without a namespace', () => expect(doctorOptions(['--help'])).toBeUndefined());

it.each([
  ['example.org:443:192.0.2.1', '192.0.2.1:443'],
  ['example.org:443:192.0.2.1:8443', '192.0.2.1:8443'],
  ['example.org:443:[2001:db8::1]', '[2001:db8::1]:443'],
  ['example.org:443:[2001:db8::1]:8443', '[2001:db8::1]:8443'],
])('connects for %s to %s', (text, address) => expect(resolve(text)).toEqual(new Map([['example.org:443', address]])));

it.each([
  [[], /--namespace is missing: .* such as --namespace caritas/],
  [['-n', 'Caritas'], /--namespace 'Caritas' is not a valid namespace name/],
  [['-n', 'caritas', '--resolve', 'example.org'], /'example.org' is not HOST:PORT:ADDRESS/],
  [['-n', 'caritas', '--quick'], /'--quick'/],
])('refuses %j', (args, message) => expect(() => doctorOptions(args)).toThrow(message));
