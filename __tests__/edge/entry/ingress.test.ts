import { EdgeTls, Entry, IngressController, type IngressEntryProps, Peer } from '../../../lib';
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

describe('for ingress-nginx', () => {
  const NGINX = { className: 'nginx' };
  const NAME = 'nginx.ingress.kubernetes.io/proxy-body-size';
  const types = (props: Partial<IngressEntryProps>): { [path: string]: string } =>
    Object.fromEntries(
      ingress(props).spec.rules.flatMap(({ http }: { http: { paths: { path: string; pathType: string }[] } }) =>
        http.paths.map(({ path, pathType }) => [path, pathType]),
      ),
    );

  it.each<Partial<IngressEntryProps>>([
    NGINX,
    { className: 'nginx-internal' },
    { className: 'webapprouting.kubernetes.azure.com' },
    { className: 'public', annotations: { [NAME]: '1g' } },
    { className: 'public', ingressController: IngressController.INGRESS_NGINX },
  ])('has no Prefix that its versions before 1.13.2 refuse: %j', (props) => {
    expect(types(props)).toEqual({
      '/_matrix': 'Prefix',
      '/_synapse/client': 'Prefix',
      '/.well-known/matrix': 'ImplementationSpecific',
    });
  });

  it('accepts large uploads and long requests, and lets annotations change that', () => {
    const annotations = (changes?: { [key: string]: string }) =>
      ingress({ ...NGINX, annotations: changes }).metadata.annotations;
    expect(annotations()).toMatchObject({
      [NAME]: '0',
      'nginx.ingress.kubernetes.io/proxy-read-timeout': '90',
      'nginx.ingress.kubernetes.io/proxy-send-timeout': '90',
    });
    expect(annotations({ [NAME]: '60m' })).toMatchObject({ [NAME]: '60m' });
  });

  it('fails when a second Ingress is wanted, which it refuses', () => {
    expect(() => ingress({ ...NGINX, redirectIngress: true })).toThrow(
      "redirectIngress of Entry.ingress is true, but ingress-nginx (className 'nginx') refuses a second Ingress",
    );
  });
});

it.each(['alb', 'gce', 'traefik', 'haproxy', 'cilium', 'openshift-default', 'azure-application-gateway'])(
  'has only prefixes for %s, where ImplementationSpecific may be exact',
  (className) => {
    const paths = JSON.stringify(ingress({ className }).spec.rules);
    expect(paths).not.toContain('ImplementationSpecific');
    expect(ingress({ className, ingressController: IngressController.OTHER }).metadata.annotations).toEqual({
      'cert-manager.io/cluster-issuer': 'letsencrypt',
    });
  },
);
