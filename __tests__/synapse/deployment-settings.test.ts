import { DatabaseTls, Federation, HomeserverConfig, SecretKey } from '../../lib';
import { POOL, type Wiring, wired } from '../../lib/synapse/wiring';
import { external, untyped } from '../support/parts';

const BASE: Wiring = {
  serverName: 'example.org',
  publicBaseUrl: 'https://matrix.example.org',
  postgres: external(),
  ports: { client: 8008, federation: 8009, metrics: 9000 },
  federation: Federation.CLOSED,
  oidcProviders: [],
  unauthenticatedMedia: false,
};
const settingsOf = (wiring: Partial<Wiring> = {}, config = HomeserverConfig.of({})) =>
  wired(config, { ...BASE, ...wiring }).settings;

it('minimal', () => {
  expect(settingsOf()).toMatchObject({
    server_name: 'example.org',
    public_baseurl: 'https://matrix.example.org/',
    enable_metrics: true,
    media_store_path: '/data/media_store',
    log_config: '/config/log-config.yaml',
    pid_file: '/tmp/homeserver.pid',
    federation_domain_whitelist: [],
  });
});

it('names the file of every secret, and none of their values', () => {
  expect(settingsOf()).toMatchObject({
    signing_key_path: '/secrets/signing.key',
    registration_shared_secret_path: '/secrets/registration_shared_secret',
    macaroon_secret_key_path: '/secrets/macaroon_secret_key',
    form_secret_path: '/secrets/form_secret',
  });
  expect(wired(HomeserverConfig.of({}), BASE).check()).toEqual([]);
});

it('each API has a port of its own', () => {
  const { listeners = [] } = settingsOf({ ports: { client: 7001, federation: 7002, metrics: 7003 } });
  expect(listeners.map(({ port, type, resources }) => [port, type, resources?.flatMap(({ names }) => names)])).toEqual([
    [7001, 'http', ['client']],
    [7002, 'http', ['openid']],
    [7003, 'metrics', undefined],
  ]);
  expect(listeners.every(({ bind_addresses }) => bind_addresses?.join() === '0.0.0.0')).toBe(true);
});

it('federation rides its port when there is any', () => {
  const { listeners = [], federation_domain_whitelist } = settingsOf({ federation: Federation.OPEN });
  expect(listeners[1].resources).toEqual([{ names: ['federation'], compress: false }]);
  expect(federation_domain_whitelist).toBeUndefined();
});

it.each([
  ['not verified', DatabaseTls.DISABLED, { sslmode: 'disable', require_auth: 'scram-sha-256' }],
  ['verified', DatabaseTls.VERIFIED, { sslmode: 'verify-full', sslrootcert: 'system' }],
  [
    'verified by an authority of our own',
    DatabaseTls.verifiedBy(SecretKey.of('ca', 'ca.crt')),
    { sslmode: 'verify-full', sslrootcert: '/secrets/database-ca.crt' },
  ],
])('the database is %s', (_, tls, expected) => {
  const { args, name } = settingsOf({ postgres: external({ tls, port: 6432 }) }).database ?? {};
  expect(name).toBe('psycopg2');
  expect(args).toEqual({
    user: 'synapse_user',
    dbname: 'synapse',
    host: 'db.example.org',
    port: 6432,
    ...expected,
    application_name: 'synapse',
    cp_min: POOL.min,
    cp_max: POOL.max,
    keepalives_idle: 10,
    keepalives_interval: 10,
    keepalives_count: 3,
  });
});

it("keeps the user's own settings", () => {
  expect(settingsOf({}, HomeserverConfig.of({ max_upload_size: '1G' })).max_upload_size).toBe('1G');
});

it('fails when private addresses are opened by hand beside those of federation', () => {
  const config = HomeserverConfig.of({ ip_range_whitelist: ['10.9.9.9/32'] });
  expect(settingsOf({ federation: Federation.OPEN }, config).ip_range_whitelist).toEqual(['10.9.9.9/32']);
  const federation = Federation.OPEN.withPrivateNetwork({ addresses: '10.1.2.3/32' });
  expect(() => settingsOf({ federation }, config)).toThrow("homeserver setting 'ip_range_whitelist' follows from");
});

it.each<[string, unknown]>([
  ['server_name', 'other.org'],
  ['public_baseurl', 'https://other.org/'],
  ['listeners', []],
  ['enable_metrics', false],
  ['database', { name: 'sqlite3' }],
  ['databases', { main: { name: 'psycopg2', args: { dbname: 'other' } } }],
  ['media_store_path', '/tmp/media'],
  ['log_config', '/x'],
  ['pid_file', '/x'],
  ['signing_key_path', '/x'],
  ['signing_key', 'ed25519 …'],
  ['registration_shared_secret_path', '/x'],
  ['macaroon_secret_key_path', '/x'],
  ['form_secret_path', '/x'],
  ['federation_domain_whitelist', ['matrix.org']],
  ['trusted_key_servers', [{ server_name: 'matrix.org' }]],
  ['oidc_providers', []],
  ['turn_uris', []],
])('fails when %s is set by hand, even to the same', (key, value) => {
  const make = () => settingsOf({}, HomeserverConfig.of(untyped({ [key]: value })));
  expect(make).toThrow(`homeserver setting '${key}' follows from how Synapse is deployed`);
  expect(make).toThrow('use the prop of MatrixSynapse or MatrixChart');
});
