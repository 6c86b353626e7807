import type { RestRepositoryProps } from '../../../lib/backups';
import { restLocation } from '../../../lib/backups/repository/rest-repository';
import { Peer } from '../../../lib/kubernetes/network/peer';
import { SecretKey } from '../../../lib/kubernetes/secret-key';
import { untyped } from '../../support/backup-parts';

const user = (secretName: string) => ({
  username: SecretKey.fromSecretName(secretName, 'user'),
  password: SecretKey.fromSecretName(secretName, 'password'),
});

const MINIMAL: RestRepositoryProps = { url: 'https://backup.example.org:8000/matrix', credentials: user('rest') };

const comes = (secretName: string) => [
  { name: 'RESTIC_REST_USERNAME', valueFrom: { secretKeyRef: { name: secretName, key: 'user' } } },
  { name: 'RESTIC_REST_PASSWORD', valueFrom: { secretKeyRef: { name: secretName, key: 'password' } } },
];

it('minimal', () => {
  const access = {
    repository: 'rest:https://backup.example.org:8000/matrix/',
    port: 8000,
    credentials: comes('rest'),
  };
  expect(restLocation(MINIMAL)).toEqual({
    backup: access,
    prune: access,
    appendOnly: false,
    caCertificate: undefined,
    peer: Peer.INTERNET,
  });
});

it('all props', () => {
  const props: Required<RestRepositoryProps> = {
    url: 'http://rest/',
    credentials: user('rest'),
    pruneCredentials: user('rest-prune'),
    pruneUrl: 'https://rest-prune:8443/matrix/',
    appendOnly: true,
    caCertificate: SecretKey.fromSecretName('rest', 'ca.crt'),
    allowPlainHttp: true,
    peer: Peer.namespace('rest'),
    port: 8000,
    prunePort: 8001,
  };
  expect(restLocation(props)).toEqual({
    backup: { repository: 'rest:http://rest/', port: 8000, credentials: comes('rest') },
    prune: { repository: 'rest:https://rest-prune:8443/matrix/', port: 8001, credentials: comes('rest-prune') },
    appendOnly: true,
    caCertificate: props.caCertificate,
    peer: props.peer,
  });
});

it.each([
  [{}, 80, 80],
  [{ port: 8000 }, 8000, 8000],
  [{ port: 8000, pruneUrl: 'http://rest:81' }, 8000, 81],
  [{ pruneUrl: 'http://rest:81', prunePort: 8001 }, 80, 8001],
])('opens the ports of the pods behind its Services: %j', (props, port, prunePort) => {
  const service = { ...MINIMAL, url: 'http://rest', allowPlainHttp: true, peer: Peer.pods({ app: 'rest' }) };
  const { backup, prune } = restLocation({ ...service, ...props });
  expect([backup.port, prune.port]).toEqual([port, prunePort]);
});

it('accepts one server with two users', () => {
  const { backup, prune } = restLocation({ ...MINIMAL, appendOnly: true, pruneCredentials: user('rest-prune') });
  expect(prune).toEqual({ ...backup, credentials: comes('rest-prune') });
});

it.each<[string, object, string, string]>([
  ['the URL is that of restic', { url: 'rest:https://host:8000/' }, "url 'rest:https://host:8000/'", 'such as https'],
  ['the URL is plain', { url: 'http://backup.example.org' }, "url 'http://backup", 'allowPlainHttp: true'],
  ['the URL has credentials', { url: 'https://u:hunter2@host' }, 'url has credentials', 'use the address only'],
  ['the URL to prune is not valid', { pruneUrl: 'backup' }, "pruneUrl 'backup'", 'such as https'],
  ['the URL to prune is plain', { pruneUrl: 'http://a.example.org' }, "pruneUrl 'http:", 'allowPlainHttp: true'],
  [
    'no user could remove old backups',
    { appendOnly: true, pruneUrl: 'https://backup.example.org:8001/matrix' },
    'appendOnly is true',
    'use pruneCredentials',
  ],
  [
    'both users are one',
    { appendOnly: true, pruneUrl: 'https://backup.example.org:8001/matrix', pruneCredentials: user('rest') },
    "the same username, key 'user' of Secret 'rest'",
    'use pruneCredentials of another user',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => restLocation(untyped({ ...MINIMAL, ...props }));
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});
