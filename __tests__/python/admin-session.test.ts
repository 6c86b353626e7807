import { SecretKey } from '../../lib';
import { adminSession } from '../../lib/python/admin-session';

it('leads to the admin API, with the name and the password of the administrator', () => {
  const password = SecretKey.fromSecretName('admin-secret', 'password');
  expect(adminSession({ adminHost: 'admin', adminPort: 8010 }, { username: 'root', password }, 60)).toEqual({
    settings: { homeserver: 'http://admin:8010', administrator: 'root', secretsFolder: '/secrets', patience: 60 },
    secrets: { admin_password: password },
  });
});
