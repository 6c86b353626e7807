import { Probes } from '../../lib';

it('asks through the exporter at an address, by its usual module', () => {
  const { _prober } = Probes.blackbox('blackbox.monitoring:9115');
  expect(_prober).toEqual({ address: 'blackbox.monitoring:9115', module: 'http_2xx' });
});

it('asks by another module', () => {
  expect(Probes.blackbox('blackbox:9115', { module: 'https' })._prober?.module).toBe('https');
});

it('asks nothing', () => {
  expect(Probes.none()._prober).toBeUndefined();
});

it.each(['http://blackbox:9115', 'blackbox:9115/probe', ''])("fails when the address is '%s'", (address) => {
  expect(() => Probes.blackbox(address)).toThrow(`Probes.blackbox: address '${address}' is not`);
  expect(() => Probes.blackbox(address)).toThrow('leave out scheme and path');
});
