import { Testing } from 'cdk8s';
import { DatabaseTls, type ExternalPostgresProps, Peer, SecretKey, Traffic } from '../../../lib';
import { emptyChart, external, renderedIn, synapseIn } from '../../support/parts';

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
  const props: Required<ExternalPostgresProps> = {
    host: '10.1.2.3',
    port: 6432,
    database: 'Matrix-Production',
    user: 'matrix@tenant',
    credentials: SecretKey.fromSecretName('pooler', 'pw'),
    tls: DatabaseTls.DISABLED,
    peer: Peer.addresses('10.1.2.0/24'),
    peerPort: 6432,
  };
  const { host, port, database, user, password, tls } = external(props);
  expect({ host, port, database, user, tls, credentials: password }).toEqual({
    ...props,
    peer: undefined,
    peerPort: undefined,
  });
});

it('renders nothing itself', () => {
  const chart = emptyChart();
  external();
  expect(Testing.synth(chart)).toEqual([]);
});

it.each([
  ['any address', undefined, [{ ipBlock: { cidr: '0.0.0.0/0' } }]],
  ['the addresses that are named', Peer.addresses('10.1.2.3/32'), [{ ipBlock: { cidr: '10.1.2.3/32' } }]],
])('allows Synapse to reach %s, only at the port', (_, peer, to) => {
  const chart = emptyChart();
  synapseIn(chart, { database: external({ port: 6432, peer }) });
  const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
  expect(egress).toContainEqual({ to, ports: [{ port: 6432, protocol: 'TCP' }] });
  expect(Traffic.connections(chart).map(({ name }) => name)).toContain('database');
});

it('opens the port of the pods behind a Service', () => {
  const chart = emptyChart();
  const pooler = { host: 'pooler.db.svc', peer: Peer.pods({ app: 'pooler' }, 'db'), peerPort: 6432 };
  synapseIn(chart, { database: external(pooler) });
  const { egress } = renderedIn(chart, 'NetworkPolicy', 'matrix-synapse').spec;
  expect(egress).toContainEqual({ to: expect.anything(), ports: [{ port: 6432, protocol: 'TCP' }] });
  expect(external(pooler).port).toBe(5432);
  expect(() => external({ peerPort: 6432 })).toThrow('peerPort is 6432, but without a peer');
});

it.each([
  ['the host', { host: 'other.example.org' }],
  ['the port', { port: 5433 }],
  ['the database', { database: 'second' }],
])('is another database when %s differs', (_, props) => {
  expect(external(props).databaseKey).not.toBe(external().databaseKey);
});

it.each([
  ['for every user', { user: 'second', port: 5432 }],
  ['however its host is written', { host: 'DB.example.org' }],
])('is the same database %s', (_, props) => {
  expect(external(props).databaseKey).toBe(external().databaseKey);
});

it.each<[string, object, string, string]>([
  ['an IPv6 address without a peer', { host: '2001:db8::1' }, "'2001:db8::1'", "Peer.addresses('2001:db8::1/128')"],
  [
    'a host that is a URL',
    { host: 'postgres://db.example.org' },
    "host 'postgres://db.example.org'",
    'leave out scheme',
  ],
  ['a host with a path', { host: 'db.example.org/synapse' }, "host 'db.example.org/synapse'", 'leave out scheme'],
  ['a database with a space', { database: 'my db' }, "database 'my db'", 'without spaces'],
  ['a user with a quote', { user: "o'brien" }, "user 'o'brien'", 'without spaces, quotes'],
  ['an empty host', { host: '' }, "host ''", 'such as db.example.org'],
  ['a host that begins with a hyphen', { host: '-db' }, "host '-db'", 'such as db.example.org'],
  ['port 0', { port: 0 }, 'got 0', 'from 1 to 65535'],
  ['a port above 65535', { port: 65536 }, 'got 65536', 'from 1 to 65535'],
  ['a port that is not a whole number', { port: 5432.5 }, 'got 5432.5', 'from 1 to 65535'],
])('refuses %s', (_, props, value, remedy) => {
  const make = () => external(props);
  expect(make).toThrow(value);
  expect(make).toThrow(remedy);
});

it('accepts an IPv6 address with a peer', () => {
  const { host } = external({ host: '2001:db8::1', peer: Peer.addresses('2001:db8::1/128') });
  expect(host).toBe('2001:db8::1');
});

it('is not backed up in the cluster', () => {
  expect(external()).not.toHaveProperty('backup');
});

it('names the command that opens a session', () => {
  expect(external({ port: 6432 })._psql).toBe('psql "host=db.example.org port=6432 user=synapse_user dbname=synapse"');
});
