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
  [() => EdgeTls.secret('Has Space'), /'Has Space' is not a valid Secret name: use lower-case/],
  [() => EdgeTls.certManager(''), /EdgeTls.certManager\(''\) .* such as letsencrypt/],
])('fails when a name is not valid: %#', (make, message) => {
  expect(make).toThrow(message);
});

it('shares one certificate between hosts whose Secrets would have the same name', () => {
  expect(
    EdgeTls.certManager('letsencrypt')._ofIngress(['matrix.example.org', 'matrix-example.org', 'example.org']),
  ).toEqual([
    { hosts: ['matrix.example.org', 'matrix-example.org'], secretName: 'matrix-example-org-tls' },
    { hosts: ['example.org'], secretName: 'example-org-tls' },
  ]);
});
