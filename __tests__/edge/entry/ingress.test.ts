import { EdgeTls, Entry, type IngressEntryProps, Peer } from '../../../lib';
import { edgeWith } from '../../support/edge';

const MINIMAL = {
  className: 'traefik',
  controller: Peer.namespace('traefik'),
  tls: EdgeTls.certManager('letsencrypt'),
};

function ingress(props: Partial<IngressEntryProps> = {}, name = 'matrix-ingress') {
  return edgeWith({ entry: Entry.ingress({ ...MINIMAL, ...props }) }).rendered('Ingress', name);
}
const backend = { service: { name: 'matrix-edge', port: { number: 80 } } };

it('minimal: has the name of the running installation, and a certificate for each host', () => {
  const { metadata, spec } = ingress();
  expect(metadata.annotations).toEqual({ 'cert-manager.io/cluster-issuer': 'letsencrypt' });
  expect(spec).toEqual({
    ingressClassName: 'traefik',
    tls: [
      { hosts: ['matrix.example.org'], secretName: 'matrix-example-org-tls' },
      { hosts: ['example.org'], secretName: 'example-org-tls' },
    ],
    rules: [
      {
        host: 'matrix.example.org',
        http: {
          paths: ['/_matrix', '/_synapse/client', '/.well-known/matrix'].map((path) => ({
            path,
            pathType: 'Prefix',
            backend,
          })),
        },
      },
      { host: 'example.org', http: { paths: [{ path: '/.well-known/matrix', pathType: 'Prefix', backend }] } },
    ],
  });
});

it('all props: renders them, and a second Ingress for the redirect', () => {
  const props = {
    className: 'haproxy',
    tls: EdgeTls.ofController(),
    annotations: { 'example.org/note': 'yes' },
    redirectIngress: true,
  };
  const { metadata, spec } = ingress(props);
  expect(metadata.annotations).toEqual(props.annotations);
  expect(spec.tls).toEqual([{ hosts: ['matrix.example.org', 'example.org'] }]);
  const redirect = ingress(props, 'matrix-ingress-redirect');
  expect(redirect.spec).toEqual({ ingressClassName: 'haproxy', rules: spec.rules });
  expect(redirect.metadata.annotations).toBeUndefined();
});

it('uses the certificate of a Secret for all hosts', () => {
  const { spec } = ingress({ tls: EdgeTls.secret('wildcard-tls') });
  expect(spec.tls).toEqual([{ hosts: ['matrix.example.org', 'example.org'], secretName: 'wildcard-tls' }]);
});
