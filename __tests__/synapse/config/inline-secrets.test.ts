import { check } from '../../support/homeserver';

const usesProp = (prop: string) => `remove it; the prop ${prop} reads it from a Secret`;
const putWhole = (block: string) =>
  `put the whole block ${block} into a YAML file in a Secret and pass it as secretConfig`;

test.each<[string, unknown, string]>([
  ['registration_shared_secret', { registration_shared_secret: 'S3' }, usesProp('secrets')],
  ['macaroon_secret_key', { macaroon_secret_key: 'S3' }, usesProp('secrets')],
  ['form_secret', { form_secret: 'S3' }, usesProp('secrets')],
  ['turn_shared_secret', { turn_shared_secret: 'S3' }, usesProp('turn')],
  ['turn_password', { turn_password: 'S3' }, 'use the prop turn with a shared secret'],
  ['worker_replication_secret', { worker_replication_secret: 'S3' }, 'pass it as secretConfig'],
  ['redis.password', { redis: { password: 'S3' } }, 'pass it as secretConfig'],
  ['recaptcha_private_key', { recaptcha_private_key: 'S3' }, 'pass it as secretConfig'],
  ['signing_key', { signing_key: 'S3' }, usesProp('secrets')],
  ['oidc_providers[1].client_secret', { oidc_providers: [{}, { client_secret: 'S3' }] }, usesProp('oidcProviders')],
  [
    'oidc_providers[0].client_secret_jwt_key.key',
    { oidc_providers: [{ client_secret_jwt_key: { key: 'S3' } }] },
    'pass it as secretConfig',
  ],
  ['database.args.password', { database: { args: { password: 'S3' } } }, usesProp('postgres')],
  ['databases.main.args.password', { databases: { main: { args: { password: 'S3' } } } }, putWhole('databases')],
  ['email.smtp_pass', { email: { smtp_pass: 'S3' } }, putWhole('email')],
  ['password_config.pepper', { password_config: { pepper: 'S3' } }, putWhole('password_config')],
  ['jwt_config.secret', { jwt_config: { secret: 'S3' } }, putWhole('jwt_config')],
  ['sentry.dsn', { sentry: { dsn: 'S3' } }, putWhole('sentry')],
  ['manhole_settings.password', { manhole_settings: { password: 'S3' } }, putWhole('manhole_settings')],
  [
    'matrix_authentication_service.secret',
    { matrix_authentication_service: { secret: 'S3' } },
    'pass it as secretConfig',
  ],
  [
    'media_storage_providers[0].config.access_key_id',
    { media_storage_providers: [{ config: { access_key_id: 'S3' } }] },
    'AWS_ACCESS_KEY_ID',
  ],
  [
    'media_storage_providers[0].config.secret_access_key',
    { media_storage_providers: [{ config: { secret_access_key: 'S3' } }] },
    'AWS_SECRET_ACCESS_KEY',
  ],
  ['modules[0].config.api_token', { modules: [{ module: 'm.M', config: { api_token: 'S3' } }] }, putWhole('modules')],
  [
    'https_proxy',
    { https_proxy: 'http://user:S3@proxy' },
    'remove user and password from the URL, or put https_proxy into a YAML file in a Secret',
  ],
])('refuses a secret in %s, without repeating it', (path, settings, remedy) => {
  const errors = check(settings);
  // What the block lacks besides is not of interest here.
  const found = errors.filter((error) => error.startsWith(path));
  expect(found).toEqual([expect.stringContaining(`${path} is set (value withheld), but`)]);
  expect(found[0]).toContain(remedy);
  expect(errors.join()).not.toContain('S3');
});

const inModule = (config: object) => ({ modules: [{ module: 'm.M', config }] });
test.each<[string, object]>([
  ['modules[0].config.password', inModule({ password: 12345678 })],
  ['modules[0].config.apiKey', inModule({ apiKey: 'S3' })],
  ['modules[0].config.clientSecret', inModule({ clientSecret: 'S3' })],
  ['modules[0].config.tokens[0]', inModule({ tokens: ['S3'] })],
  ['modules[0].config.passwords.alice', inModule({ passwords: { alice: 'S3' } })],
  ['modules[0].config.auth.bearer', inModule({ auth: { bearer: 'S3' } })],
])('refuses a secret of a module at %s, however it is spelt', (path, settings) => {
  const [error, ...others] = check(settings);
  expect(others).toEqual([]);
  expect(error).toContain(`${path} is set (value withheld), but`);
  expect(error).not.toMatch(/S3|12345678/);
});

test('a number that should be text is withheld where it is a secret', () => {
  expect(check({ email: { smtp_pass: 12345678 } }).join()).not.toContain('12345678');
});

test('accepts what only names a secret', () => {
  const config = {
    token_lifetime: 5,
    max_tokens: 5,
    tokens: { max: 5 },
    token: { lifetime: '1h' },
    credentials: { file: '/run/x', other_path: '/run/y' },
    password_file: '/a',
    requires_token: true,
    secretary: 'Ann',
  };
  expect(check(inModule(config))).toEqual([]);
});
