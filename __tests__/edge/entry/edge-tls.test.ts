import { EdgeTls, IssuerKind } from '../../../lib';

it.each([
  ['a Secret', EdgeTls.secret('wildcard-tls'), 'wildcard-tls', {}],
  [
    'cert-manager',
    EdgeTls.certManager('letsencrypt'),
    'matrix-example-org-tls',
    { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
  ],
  [
    "cert-manager with the namespace's issuer",
    EdgeTls.certManager('own', IssuerKind.ISSUER),
    'matrix-example-org-tls',
    { 'cert-manager.io/issuer': 'own' },
  ],
  ["the controller's own", EdgeTls.ofController(), undefined, {}],
])('%s', (_, tls, secretName, annotations) => {
  expect(tls.secretName('matrix.example.org')).toBe(secretName);
  expect(tls.annotations).toEqual(annotations);
});

it.each([
  [() => EdgeTls.secret('Has Space'), "'Has Space' is no name of a Secret"],
  [() => EdgeTls.certManager(''), 'names no issuer'],
])('fails when there is no name', (make, message) => {
  expect(make).toThrow(message);
});

it('gives hosts whose Secrets would have one name one certificate', () => {
  expect(
    EdgeTls.certManager('letsencrypt')._ofIngress(['matrix.example.org', 'matrix-example.org', 'example.org']),
  ).toEqual([
    { hosts: ['matrix.example.org', 'matrix-example.org'], secretName: 'matrix-example-org-tls' },
    { hosts: ['example.org'], secretName: 'example-org-tls' },
  ]);
});
