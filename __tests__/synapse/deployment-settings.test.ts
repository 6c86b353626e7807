import {
  DatabaseTls,
  Federation,
  HomeserverConfig,
  type MatrixSynapseProps,
  SecretKey,
  type SynapsePorts,
} from '../../lib';
import { homeserverConfig, POOL } from '../../lib/synapse/deployment-settings';
import { checkedPorts } from '../../lib/synapse/ports';
import { emptyChart, external, systemIn, untyped } from '../support/parts';

type Props = Partial<MatrixSynapseProps> & { readonly ports?: Required<SynapsePorts> };

function configOf(props: Props = {}, config = HomeserverConfig.of({})) {
  const { ports = checkedPorts(), federation = Federation.CLOSED, database = external() } = props;
  return homeserverConfig({ ...props, config, system: systemIn(emptyChart()), database }, ports, federation);
}
const settingsOf = (...args: Parameters<typeof configOf>) => configOf(...args).settings;

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

it('names the file of every secret, without any value', () => {
  expect(settingsOf()).toMatchObject({
    signing_key_path: '/secrets/signing.key',
    registration_shared_secret_path: '/secrets/registration_shared_secret',
    macaroon_secret_key_path: '/secrets/macaroon_secret_key',
    form_secret_path: '/secrets/form_secret',
  });
  expect(configOf().check()).toEqual([]);
});

it('loads the module that watches the claim of the media, after those of the user', () => {
  const ours = { module: 'media_volume.MediaVolume', config: {} };
  const theirs = { module: 'own.Module', config: {} };
  expect(settingsOf().modules).toContainEqual(ours);
  expect(settingsOf({}, HomeserverConfig.of({ modules: [theirs] })).modules?.slice(0, 2)).toEqual([theirs, ours]);
});

it('serves each API at a port of its own', () => {
  const { listeners = [] } = settingsOf({ ports: { client: 7001, federation: 7002, metrics: 7003 } });
  expect(listeners.map(({ port, type, resources }) => [port, type, resources?.flatMap(({ names }) => names)])).toEqual([
    [7001, 'http', ['client']],
    [7002, 'http', ['openid']],
    [7003, 'metrics', undefined],
  ]);
  expect(listeners.every(({ bind_addresses }) => bind_addresses?.join() === '0.0.0.0')).toBe(true);
});

it('serves federation at its port when it is open', () => {
  const { listeners = [], federation_domain_whitelist } = settingsOf({ federation: Federation.OPEN });
  expect(listeners[1].resources).toEqual([{ names: ['federation'], compress: false }]);
  expect(federation_domain_whitelist).toBeUndefined();
});

it.each([
  ['not verified', DatabaseTls.DISABLED, { sslmode: 'disable', require_auth: 'scram-sha-256' }],
  ['verified', DatabaseTls.VERIFIED, { sslmode: 'verify-full', sslrootcert: 'system' }],
  [
    'verified by a private CA',
    DatabaseTls.verifiedBy(SecretKey.fromSecretName('ca', 'ca.crt')),
    { sslmode: 'verify-full', sslrootcert: '/secrets/database-ca.crt' },
  ],
])('connects to a database that is %s', (_, tls, expected) => {
  const { args, name } = settingsOf({ database: external({ tls, port: 6432 }) }).database ?? {};
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
    connect_timeout: 5,
    tcp_user_timeout: 30_000,
    keepalives_idle: 10,
    keepalives_interval: 10,
    keepalives_count: 3,
  });
});

it("keeps the user's own settings", () => {
  expect(settingsOf({}, HomeserverConfig.of({ max_upload_size: '1G' })).max_upload_size).toBe('1G');
});

it('refuses ip_range_whitelist in config beside private addresses of federation', () => {
  const config = HomeserverConfig.of({ ip_range_whitelist: ['10.9.9.9/32'] });
  expect(settingsOf({ federation: Federation.OPEN }, config).ip_range_whitelist).toEqual(['10.9.9.9/32']);
  const federation = Federation.OPEN.withPrivateNetwork({ addresses: '10.1.2.3/32' });
  expect(() => settingsOf({ federation }, config)).toThrow("homeserver setting 'ip_range_whitelist'");
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
])('refuses %s in config, even with the same value', (key, value) => {
  const make = () => settingsOf({}, HomeserverConfig.of(untyped({ [key]: value })));
  expect(make).toThrow(`homeserver setting '${key}'`);
  expect(make).toThrow('use the props of MatrixChart');
});

it('extends the recommended settings when none are given', () => {
  const props = { system: systemIn(emptyChart()), database: external() };
  const { settings } = homeserverConfig(props, checkedPorts(), Federation.CLOSED);
  expect(settings).toMatchObject(HomeserverConfig.recommended().settings);
});

it('refuses Matrix Authentication Service without its secret', () => {
  const delegated = { enabled: true, endpoint: 'http://mas:8080' };
  const config = HomeserverConfig.of({ matrix_authentication_service: delegated });
  expect(() => settingsOf({}, config)).toThrow('matrix_authentication_service.enabled is true');
  expect(() => settingsOf({}, config)).toThrow('pass it as secretConfig');
  const secretConfig = SecretKey.fromSecretName('mas', 'settings.yaml');
  expect(configOf({ secretConfig }, config).check()).toEqual([]);
  const byFile = config.extend({ matrix_authentication_service: { secret_path: '/secrets/mas' } });
  expect(configOf({}, byFile).check()).toEqual([]);
});

it('keeps the checks of the platform', () => {
  expect(configOf({}, HomeserverConfig.oriso().extend({ session_lifetime: '1d' })).check()).toHaveLength(1);
  expect(configOf({}, HomeserverConfig.recommended().extend({ session_lifetime: '1d' })).check()).toEqual([]);
});

it.each([
  [undefined, true],
  [false, true],
  [true, false],
])('with unauthenticatedMedia %p, enable_authenticated_media is %p', (unauthenticatedMedia, expected) => {
  expect(settingsOf({ unauthenticatedMedia }).enable_authenticated_media).toBe(expected);
});
