import { Testing } from 'cdk8s';
import { DatabaseTls, Peer, SecretKey, Traffic } from '../../lib';
import { emptyChart, external, renderedIn, synapseIn, untyped } from '../support/parts';

it('minimal', () => {
  expect(external()).toMatchObject({
    host: 'db.example.org',
    port: 5432,
    database: 'synapse',
    user: 'synapse_user',
    password: { secretName: 'db', key: 'password' },
    tls: DatabaseTls.VERIFIED,
  });
});

it('all props', () => {
  const props = {
    host: '10.1.2.3',
    port: 6432,
    database: 'Matrix-Production',
    user: 'matrix@tenant',
    credentials: SecretKey.of('pooler', 'pw'),
    tls: DatabaseTls.DISABLED,
    peer: Peer.addresses('10.1.2.0/24'),
  };
  const { host, port, database, user, password, tls } = external(props);
  expect({ host, port, database, user, tls, credentials: password }).toEqual({ ...props, peer: undefined });
});

it('renders nothing itself', () => {
  const chart = emptyChart();
  external();
  expect(Testing.synth(chart)).toEqual([]);
});

it.each([
  ['any address', undefined, [{ ipBlock: { cidr: '0.0.0.0/0' } }]],
  ['the addresses that are named', Peer.addresses('10.1.2.3/32'), [{ ipBlock: { cidr: '10.1.2.3/32' } }]],
])('Synapse may reach %s, at the port alone', (_, peer, to) => {
  const chart = emptyChart();
  synapseIn(chart, { postgres: external({ port: 6432, peer }) });
  const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
  expect(egress).toContainEqual({ to, ports: [{ port: 6432, protocol: 'TCP' }] });
  expect(Traffic.connections(chart).map(({ name }) => name)).toContain('database');
});

it.each([
  ['the host', { host: 'other.example.org' }],
  ['the port', { port: 5433 }],
  ['the database', { database: 'second' }],
])('is another database when %s differs', (_, props) => {
  expect(external(props).identity).not.toBe(external().identity);
});

it.each([
  ['for every user', { user: 'second', port: 5432 }],
  ['however its host is written', { host: 'DB.example.org' }],
])('is the same database %s', (_, props) => {
  expect(external(props).identity).toBe(external().identity);
});

it.each<[string, object, string, string]>([
  ['the host is a URL', { host: 'postgres://db.example.org' }, "host 'postgres://db.example.org'", 'leave scheme'],
  ['the host has a path', { host: 'db.example.org/synapse' }, "host 'db.example.org/synapse'", 'leave scheme'],
  ['there is no host', { host: '' }, "host ''", 'such as db.example.org'],
  ['the host begins with a hyphen', { host: '-db' }, "host '-db'", 'such as db.example.org'],
  ['the port is 0', { port: 0 }, 'port 0 is none', 'from 1 to 65535'],
  ['the port is too high', { port: 65536 }, 'port 65536 is none', 'from 1 to 65535'],
  ['the port is no whole number', { port: 5432.5 }, 'port 5432.5 is none', 'from 1 to 65535'],
  ['the port is text', { port: untyped('5432') }, 'port 5432 is none', 'write a number'],
  [
    'the password is text',
    { credentials: 'hunter2' },
    'credentials of the external database was given as text',
    'SecretKey.of',
  ],
])('fails when %s', (_, props, value, remedy) => {
  const make = () => external(props);
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
  expect(make).not.toThrow('hunter2');
});
