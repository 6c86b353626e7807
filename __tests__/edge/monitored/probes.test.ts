import { edgeProbes } from '../../../lib/edge/monitored/probes';
import { emptyChart, systemIn } from '../../support/parts';

const system = () => systemIn(emptyChart(), { publicBaseUrl: 'https://matrix.example.org:8443', namePrefix: 'two-' });

it('asks the client API at its public address', () => {
  expect(edgeProbes(system(), false, []).map(({ job, url }) => [job, url])).toEqual([
    ['two-matrix-probe-versions', 'https://matrix.example.org:8443/_matrix/client/versions'],
  ]);
});

it('asks for discovery of each server name, at its host and the port of https', () => {
  expect(edgeProbes(system(), true, ['example.org:8448', 'b.example.org']).map(({ job, url }) => [job, url])).toEqual([
    ['two-matrix-probe-versions', 'https://matrix.example.org:8443/_matrix/client/versions'],
    ['two-matrix-probe-well-known-client', 'https://example.org/.well-known/matrix/client'],
    ['two-matrix-probe-well-known-server', 'https://example.org/.well-known/matrix/server'],
    ['two-matrix-probe-well-known-client-2', 'https://b.example.org/.well-known/matrix/client'],
    ['two-matrix-probe-well-known-server-2', 'https://b.example.org/.well-known/matrix/server'],
    ['two-matrix-probe-federation', 'https://matrix.example.org:8443/_matrix/federation/v1/version'],
  ]);
});

it('reads only the series of its own namespace and probe', () => {
  const [versions] = edgeProbes(system(), false, []);
  for (const { expression } of versions.alerts) {
    expect(expression).toContain('{namespace="caritas",job="two-matrix-probe-versions"}');
  }
  expect(versions.alerts.map(({ name }) => name)).toEqual(['MatrixPublicAddress', 'MatrixCertificateEnds']);
});
