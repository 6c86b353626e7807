import { Edge, EdgeTls, Peer } from '../../../lib';
import { edgeWith } from '../../support/edge';

const controller = Peer.pods({ 'app.kubernetes.io/name': 'traefik' }, 'kube-system');
const tls = EdgeTls.secret('wildcard-tls');

it.each([
  ['ingress', Edge.ingress({ className: 'traefik', controller, tls })],
  ['gateway', Edge.gateway({ gatewayName: 'public', controller })],
])('%s: its controller alone comes in at the door for it', (_, edge) => {
  const { ingress } = edgeWith({ edge }).rendered('NetworkPolicy', 'matrix-edge').spec;
  expect(ingress).toEqual([{ from: controller.selectors, ports: [{ port: 8080, protocol: 'TCP' }] }]);
});

it('none: nothing leads in, and nobody comes', () => {
  const manifests = edgeWith({ edge: Edge.none() }).manifests();
  expect(manifests.filter(({ kind }) => /Ingress|Route|Gateway/.test(kind))).toEqual([]);
  const [policy] = manifests.filter(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'matrix-edge',
  );
  expect(policy.spec.ingress).toBeUndefined();
});
