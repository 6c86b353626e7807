import type { HomeserverSettings } from '../../../../imports/homeserver';
import { checkDelegation } from './authentication';

/** Settings that are unsafe for any installation, or that keep Synapse from starting. */
export function checkInvariants(settings: HomeserverSettings): string[] {
  return [
    ...checkDatabases(settings),
    ...checkRegistration(settings),
    ...checkDelegation(settings),
    ...checkRefusedTogether(settings),
  ];
}

function checkDatabases(settings: HomeserverSettings): string[] {
  const databases = Object.entries(settings.databases ?? {}).map(([name, db]) => ({ key: `databases.${name}`, db }));
  if (settings.database) databases.push({ key: 'database', db: settings.database });
  if (settings.databases !== undefined && databases.length === 0) {
    return ['databases is an empty mapping, but Synapse refuses to start without a database: set databases.main'];
  }
  const both = settings.database !== undefined && settings.databases !== undefined;
  return databases.flatMap(({ key, db }) => [
    ...(key !== 'database' && both
      ? [`${key} is set, but Synapse refuses to start with both database and databases: remove one of them`]
      : []),
    ...(db.name === 'sqlite3'
      ? [`${key}.name is "sqlite3", but SQLite fails under load and has neither workers nor live backups: use psycopg2`]
      : []),
    ...(db.allow_unsafe_locale === true
      ? [
          `${key}.allow_unsafe_locale is true, but any locale other than C corrupts indexes when the system library changes: remove it and create the database with --locale=C`,
        ]
      : []),
  ]);
}

/** What Synapse can verify at registration. */
const VERIFIED_MEDIA = ['email', 'msisdn'];

function checkRegistration(s: HomeserverSettings): string[] {
  if (s.enable_registration_without_verification === true) {
    return [
      'enable_registration_without_verification is true, but then anyone can create any number of accounts: remove it, and use registration_requires_token',
    ];
  }
  const required = s.registrations_require_3pid ?? [];
  const unknown = required.filter((medium) => !VERIFIED_MEDIA.includes(medium));
  if (unknown.length > 0) {
    // Synapse passes over such a word, and then anyone can register.
    return [
      `registrations_require_3pid has ${JSON.stringify(unknown[0])}, which Synapse does not verify: use ${VERIFIED_MEDIA.join(' or ')}`,
    ];
  }
  if (required.includes('email') && !s.email?.smtp_host) {
    return [
      'registrations_require_3pid has "email", but email.smtp_host is not set, so Synapse cannot verify any address: set email, or use registration_requires_token: true instead',
    ];
  }
  if (required.includes('msisdn') && s.disable_msisdn_registration === true) {
    return [
      'disable_msisdn_registration is true, but registrations_require_3pid has "msisdn": Synapse would not ask for it, and without another restriction anyone could register: remove disable_msisdn_registration',
    ];
  }
  if (required.includes('msisdn') && !s.account_threepid_delegates?.msisdn) {
    return [
      'registrations_require_3pid has "msisdn", but account_threepid_delegates.msisdn is not set, so Synapse cannot verify any phone number and refuses to start: set it, or use registration_requires_token: true instead',
    ];
  }
  const gated = s.registration_requires_token === true || s.enable_registration_captcha === true || required.length > 0;
  if (s.enable_registration !== true || gated) return [];
  return [
    'enable_registration is true, but nothing restricts it and Synapse refuses to start: set registration_requires_token: true, registrations_require_3pid or enable_registration_captcha as well, or remove it and register users by shared secret',
  ];
}

/** Pairs that keep Synapse from starting, reported before the pod crashes. */
function checkRefusedTogether(s: HomeserverSettings): string[] {
  const errors: string[] = [];
  if (s.limit_profile_requests_to_users_who_share_rooms === true && s.require_auth_for_profile_requests !== true) {
    errors.push(
      'limit_profile_requests_to_users_who_share_rooms is true, but Synapse refuses to start without require_auth_for_profile_requests: set that to true as well',
    );
  }
  if (s.url_preview_enabled === true && s.url_preview_ip_range_blacklist === undefined) {
    errors.push(
      'url_preview_enabled is true, but without url_preview_ip_range_blacklist previews would reach into the cluster and Synapse refuses to start: set the blacklist as well',
    );
  }
  for (const key of ['force_tls', 'require_transport_security'] as const) {
    if (s.email?.[key] !== true || s.email.enable_tls !== false) continue;
    errors.push(`email.${key} is true, but email.enable_tls is false, which contradicts it: remove one of them`);
  }
  return errors;
}
