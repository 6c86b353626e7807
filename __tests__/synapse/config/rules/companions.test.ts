import type { HomeserverSettings } from '../../../../imports/homeserver';
import { check } from '../../../support/homeserver';

test.each<[HomeserverSettings, string, string]>([
  [{ email: { smtp_host: 'mail' } }, 'email is set', 'email.notif_from'],
  [{ autocreate_auto_join_room_preset: 'private_chat' }, 'is "private_chat"', 'use "public_chat"'],
  [{ cas_config: { enabled: true } }, 'cas_config.enabled is true', 'cas_config.server_url'],
  [{ jwt_config: { enabled: false } }, 'jwt_config is set', 'jwt_config.algorithm'],
  [{ matrix_rtc: { transports: [{ type: 'livekit' }] } }, 'transports[0].type is "livekit"', 'livekit_service_url'],
  [{ user_types: { default_user_type: 'staff' } }, 'is "staff"', 'user_types.extra_user_types'],
  [{ experimental_features: { msc3890_enabled: true } }, 'msc3890_enabled is true', 'msc3391_enabled'],
  [{ experimental_features: { msc4108_enabled: true } }, 'msc4108_enabled is true', 'matrix_authentication_service'],
  [{ experimental_features: { msc4388_mode: 'open' } }, 'msc4388_mode is "open"', 'matrix_authentication_service'],
  [{ redis: { enabled: true, username: 'a' } }, 'redis.username is "a"', 'redis.password_path'],
  [{ worker_app: 'synapse.app.generic_worker' }, 'worker_app is', 'instance_map.main'],
  [{ instance_map: { main: { host: 'a' } } }, 'instance_map.main is set', 'instance_map.main.port'],
])('refuses %j without what it needs', (settings, given, needed) => {
  expect(check(settings)).toEqual([expect.stringContaining(given)]);
  expect(check(settings)[0]).toContain(needed);
});

test('keeps what a block holds out of the message', () => {
  expect(check({ email: { app_name: 'Confidential' } }).join()).not.toContain('Confidential');
});

test.each<[HomeserverSettings]>([
  [{ email: {}, jwt_config: {}, cas_config: { enabled: false } }],
  [{ email: { notif_from: 'a@example.org' } }],
  [{ autocreate_auto_join_room_preset: 'public_chat' }],
  [{ autocreate_auto_join_room_preset: 'private_chat', auto_join_mxid_localpart: 'admin' }],
  [{ user_types: { default_user_type: 'bot' } }],
  [{ instance_map: { main: { path: '/tmp/a' }, w: { host: 'a', port: 1 } } }],
])('accepts %j', (settings) => {
  expect(check(settings)).toEqual([]);
});
