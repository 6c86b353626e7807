import { check } from '../../support/homeserver';

test.each<[string, unknown, string]>([
  ['registration_shared_secret', { registration_shared_secret: 'S3' }, 'write registration_shared_secret_path'],
  ['macaroon_secret_key', { macaroon_secret_key: 'S3' }, 'macaroon_secret_key_path'],
  ['form_secret', { form_secret: 'S3' }, 'form_secret_path'],
  ['turn_shared_secret', { turn_shared_secret: 'S3' }, 'turn_shared_secret_path'],
  ['turn_password', { turn_password: 'S3' }, 'turn_shared_secret_path'],
  ['worker_replication_secret', { worker_replication_secret: 'S3' }, 'worker_replication_secret_path'],
  ['redis.password', { redis: { password: 'S3' } }, 'redis.password_path'],
  ['recaptcha_private_key', { recaptcha_private_key: 'S3' }, 'recaptcha_private_key_path'],
  ['signing_key', { signing_key: 'S3' }, 'signing_key_path'],
  ['oidc_providers[1].client_secret', { oidc_providers: [{}, { client_secret: 'S3' }] }, 'client_secret_path'],
  [
    'oidc_providers[0].client_secret_jwt_key.key',
    { oidc_providers: [{ client_secret_jwt_key: { key: 'S3' } }] },
    'key_file',
  ],
  ['database.args.password', { database: { args: { password: 'S3' } } }, 'PGPASSWORD'],
  ['databases.main.args.password', { databases: { main: { args: { password: 'S3' } } } }, 'later -c'],
  ['email.smtp_pass', { email: { smtp_pass: 'S3' } }, 'later -c'],
  ['password_config.pepper', { password_config: { pepper: 'S3' } }, 'later -c'],
  ['jwt_config.secret', { jwt_config: { secret: 'S3' } }, 'later -c'],
  ['sentry.dsn', { sentry: { dsn: 'S3' } }, 'later -c'],
  ['manhole_settings.password', { manhole_settings: { password: 'S3' } }, 'later -c'],
  ['matrix_authentication_service.secret', { matrix_authentication_service: { secret: 'S3' } }, 'secret_path'],
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
  ['modules[0].config.api_token', { modules: [{ module: 'm', config: { api_token: 'S3' } }] }, 'later -c'],
  ['https_proxy', { https_proxy: 'http://user:S3@proxy' }, 'out of the URL'],
])('fails when %s holds a secret, and does not repeat it', (path, settings, remedy) => {
  const errors = check(settings);
  expect(errors).toHaveLength(1);
  expect(errors[0].startsWith(`${path} is set (value withheld), but`)).toBe(true);
  expect(errors[0]).toContain(remedy);
  expect(errors[0]).not.toContain('S3');
});
