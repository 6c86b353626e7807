import { type AddressRules, checkAuthority, checkedAddress } from '../../../lib/kubernetes/network/http-address';
import { Peer } from '../../../lib/kubernetes/network/peer';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import { untyped } from '../../support/parts';

const RULES: AddressRules = { what: 'endpoint', example: 'https://s3.example.org', path: true };
const STORE = Peer.pods({ app: 'minio' });

it.each<[string, Partial<AddressRules>, string, number]>([
  ['https://s3.example.org', {}, 'https://s3.example.org', 443],
  ['https://s3.example.org/', { path: false }, 'https://s3.example.org', 443],
  ['https://s3.example.org:9000', {}, 'https://s3.example.org:9000', 9000],
  ['https://host:8000/a/b.c/', { peer: STORE }, 'https://host:8000/a/b.c', 8000],
  ['http://minio', { allowPlainHttp: true, peer: STORE }, 'http://minio', 80],
  ['http://minio', { allowPlainHttp: true, peer: STORE, port: 9000 }, 'http://minio', 9000],
  ['https://8.8.8.8:65535/x%20y', {}, 'https://8.8.8.8:65535/x%20y', 65535],
  ['https://[2001:db8::1]:8443/x', { peer: STORE }, 'https://[2001:db8::1]:8443/x', 8443],
])('accepts %s', (address, rules, url, port) => {
  expect(checkedAddress(address, { ...RULES, ...rules })).toEqual({ url, port });
});

const NO_ADDRESS = 'not a valid address: use scheme, host, a port from 1 to 65535';

it.each<[string, string, Partial<AddressRules>, string]>([
  ['it is empty', '', {}, NO_ADDRESS],
  ['it is missing', untyped(undefined), {}, NO_ADDRESS],
  ['it has no scheme', 's3.example.org', {}, NO_ADDRESS],
  ['it has another scheme', 's3://s3.example.org', {}, NO_ADDRESS],
  ['it has the prefix of restic', 's3:https://s3.example.org', {}, NO_ADDRESS],
  ['restic would take its scheme for a host', 'HTTPS://s3.example.org', {}, NO_ADDRESS],
  ['it has a line break', 'https://s3.example\n.org', {}, NO_ADDRESS],
  ['it has a space', 'https://s3.example.org/a b', {}, NO_ADDRESS],
  ['the host is missing', 'https:///backup', {}, NO_ADDRESS],
  ['the host is not a valid address', 'https://[::g]', {}, NO_ADDRESS],
  ['the port is 0', 'https://s3.example.org:0', {}, NO_ADDRESS],
  ['the port is too high', 'https://s3.example.org:65536', {}, NO_ADDRESS],
  ['the port is a name', 'https://s3.example.org:https', {}, NO_ADDRESS],
  ['the path goes up', 'https://s3.example.org/a/../b', {}, NO_ADDRESS],
  ['the path has an empty step', 'https://s3.example.org//b', {}, NO_ADDRESS],
  ['Kubernetes would replace a variable in it', 'https://s3.example.org/$(HOME)', {}, NO_ADDRESS],
  [
    'a path is too much',
    'https://s3.example.org/bucket',
    { path: false },
    'and no path, such as https://s3.example.org',
  ],
  ['it is plain', 'http://s3.example.org', {}, 'use https://, or within a cluster set allowPlainHttp: true'],
  ['it is a Service without a peer', 'https://minio:9000', {}, 'such as peer: Peer.pods('],
  ['it is a Service of another namespace without a peer', 'https://minio.store.svc', {}, 'such as peer: Peer.pods('],
  ['it is a full name in the cluster without a peer', 'https://m.s.svc.cluster.local', {}, 'such as peer: Peer.pods('],
])('fails when %s', (_, address, rules, remedy) => {
  const check = () => checkedAddress(address, { ...RULES, ...rules });
  expect(check).toThrow(`endpoint '${address}'`);
  expect(check).toThrow(remedy);
});

it.each([
  ['endpoint', { port: 9000 }, 'port is 9000, but without a peer'],
  [
    'pruneUrl',
    { portProp: 'prunePort', port: 70000, peer: STORE },
    'prunePort must be the port of the pods, from 1 to 65535, got 70000',
  ],
])('fails when the port of the pods behind %s is not valid: %j', (what, rules, message) => {
  expect(() => checkedAddress('https://s3.example.org', { ...RULES, what, ...rules })).toThrow(message);
});

it.each([
  ['has credentials', 'https://user:hunter2@s3.example.org'],
  ['has credentials and is not valid', 'https:user:hunter2@s3'],
  ['is signed', 'https://s3.example.org/b?X-Amz-Signature=hunter2'],
  ['has a fragment', 'https://s3.example.org/b#hunter2'],
])('fails when an address %s, and does not repeat it', (_, address) => {
  const check = () => checkedAddress(address, RULES);
  expect(check).toThrow('endpoint has credentials, a query or a fragment in it (not shown here)');
  expect(check).toThrow('use the address only, such as https://s3.example.org');
  expect(check).not.toThrow('hunter2');
});

const TLS = { url: 'https://a', port: 443 };
const PLAIN = { url: 'http://a', port: 80 };
const CA = SecretKey.fromSecretName('store', 'ca.crt');

it('accepts a private CA when one address has TLS', () => {
  expect(() => checkAuthority('caCertificate of the store', CA, TLS)).not.toThrow();
  expect(() => checkAuthority('caCertificate of the store', CA, PLAIN, TLS)).not.toThrow();
  expect(() => checkAuthority('caCertificate of the store', undefined, PLAIN)).not.toThrow();
});

it('fails when a private CA is given and no address has TLS', () => {
  expect(() => checkAuthority('caCertificate of the store', CA, PLAIN)).toThrow(
    "caCertificate would be ignored at 'http://a', which has no TLS: use https:// there or leave it out",
  );
});
