import { EdgeTls, Entry, Peer } from '../../../lib';
import { edgeWith } from '../../support/edge';

const controller = Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system');
const tls = EdgeTls.secret('wildcard-tls');

it.each([
  ['ingress', Entry.ingress({ className: 'traefik', controller, tls })],
  ['gateway', Entry.gateway({ gatewayName: 'public', controller })],
])('%s: allows only its controller, at the edge listener', (_, entry) => {
  const { ingress } = edgeWith({ entry }).rendered('NetworkPolicy', 'matrix-edge').spec;
  expect(ingress).toEqual([{ from: controller._selectors, ports: [{ port: 8080, protocol: 'TCP' }] }]);
});

it('none: renders no entry and allows no controller', () => {
  const manifests = edgeWith({ entry: Entry.none() }).manifests();
  expect(manifests.filter(({ kind }) => /Ingress|Route|Gateway/.test(kind))).toEqual([]);
  const [policy] = manifests.filter(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'matrix-edge',
  );
  expect(policy.spec.ingress).toBeUndefined();
});
