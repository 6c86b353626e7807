import { Federation } from '../../../lib';
import { checkFederationAddress } from '../../../lib/synapse/integrations/federation-address';
import { emptyChart, synapseIn, systemIn } from '../../support/parts';

const federationHost = 'matrix.example.org:443';

it.each([
  ['example.org', federationHost],
  ['example.org:8448', 'example.org:8448'],
  ['192.0.2.1', '192.0.2.1:8448'],
  ['[2001:db8::1]:443', '[2001:db8::1]:443'],
])('accepts %s at %s', (serverName, host) => {
  expect(() => checkFederationAddress({ serverName, federationHost: host })).not.toThrow();
});

it.each([
  ['example.org:8448', 'example.org:8448'],
  ['example.org:443', 'example.org:443'],
  ['192.0.2.1', '192.0.2.1:8448'],
  ['[2001:db8::1]', '[2001:db8::1]:8448'],
])('fails when %s is to be reached at another address than %s', (serverName, address) => {
  const check = () => checkFederationAddress({ serverName, federationHost });
  expect(check).toThrow(`serverName is "${serverName}", so other servers connect to ${address}`);
  expect(check).toThrow(`set federationHost: '${address}'`);
});

it('fails for a system with open federation, and not for a closed one', () => {
  const synapse = (federation: Federation) => () => {
    const chart = emptyChart();
    systemIn(chart, { serverName: 'example.org:8448' });
    return synapseIn(chart, { federation });
  };
  expect(synapse(Federation.OPEN)).toThrow("set federationHost: 'example.org:8448'");
  expect(synapse(Federation.allowList('other.example'))).toThrow("set federationHost: 'example.org:8448'");
  expect(synapse(Federation.CLOSED)).not.toThrow();
});
