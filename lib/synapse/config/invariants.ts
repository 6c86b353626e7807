import type { HomeserverSettings } from '../../../imports/homeserver';

/** What Synapse would do, but this system must not: settings that lose data, open the server or break the platform. */
export function checkInvariants(settings: HomeserverSettings): string[] {
  return [
    ...checkDatabases(settings),
    ...checkRegistration(settings),
    ...checkPlatform(settings),
    ...checkRefusedTogether(settings),
    ...checkListeners(settings),
  ];
}

function checkDatabases(settings: HomeserverSettings): string[] {
  const databases = Object.entries(settings.databases ?? {}).map(([name, db]) => ({ key: `databases.${name}`, db }));
  if (settings.database) databases.push({ key: 'database', db: settings.database });
  return databases.flatMap(({ key, db }) => [
    ...(db.name === 'sqlite3'
      ? [`${key}.name is "sqlite3", but SQLite loses under load and takes no workers or live backups: write psycopg2`]
      : []),
    ...(db.allow_unsafe_locale === true
      ? [
          `${key}.allow_unsafe_locale is true, but any locale other than C corrupts indexes when the system library changes: remove it and create the database with --locale=C`,
        ]
      : []),
  ]);
}

function checkRegistration(s: HomeserverSettings): string[] {
  if (s.enable_registration_without_verification === true) {
    return [
      'enable_registration_without_verification is true, but then anyone can make accounts without end: remove it, and gate registration with registration_requires_token',
    ];
  }
  const gated =
    s.registration_requires_token === true ||
    s.enable_registration_captcha === true ||
    (s.registrations_require_3pid ?? []).length > 0;
  if (s.enable_registration !== true || gated) return [];
  return [
    'enable_registration is true, but nothing gates it and Synapse refuses to start: write registration_requires_token: true, registrations_require_3pid or enable_registration_captcha as well, or leave it false, the platform registers its users by shared secret',
  ];
}

/** The platform registers users by shared secret, logs in with passwords and as other users, and keeps its tokens for ever. */
function checkPlatform(s: HomeserverSettings): string[] {
  const errors: string[] = [];
  if (s.matrix_authentication_service?.enabled === true) {
    errors.push(
      'matrix_authentication_service.enabled is true, but it takes away registration by shared secret, login-as and password reset, on which the platform is built: remove the block',
    );
  }
  const passwords = s.password_config;
  if (passwords?.enabled !== undefined && passwords.enabled !== true) {
    errors.push(
      `password_config.enabled is ${JSON.stringify(passwords.enabled)}, but the platform's services log in with passwords: leave it true`,
    );
  }
  if (passwords?.localdb_enabled === false) {
    errors.push(
      "password_config.localdb_enabled is false, but the passwords of the platform's services are in Synapse's database: leave it true",
    );
  }
  for (const key of ['session_lifetime', 'nonrefreshable_access_token_lifetime'] as const) {
    if (s[key] === undefined) continue;
    errors.push(
      `${key} is ${JSON.stringify(s[key])}, but the platform keeps its access token for ever and would be locked out when it ends: remove it`,
    );
  }
  return errors;
}

/** Pairs with which Synapse refuses to start; here it is said before the pod crashes. */
function checkRefusedTogether(s: HomeserverSettings): string[] {
  const errors: string[] = [];
  if (s.limit_profile_requests_to_users_who_share_rooms === true && s.require_auth_for_profile_requests !== true) {
    errors.push(
      'limit_profile_requests_to_users_who_share_rooms is true, but Synapse refuses to start with it alone: write require_auth_for_profile_requests: true as well',
    );
  }
  if (s.url_preview_enabled === true && s.url_preview_ip_range_blacklist === undefined) {
    errors.push(
      'url_preview_enabled is true, but without url_preview_ip_range_blacklist previews would reach into the cluster and Synapse refuses to start: write the blacklist as well',
    );
  }
  if (s.email?.force_tls === true && s.email.enable_tls === false) {
    errors.push(
      'email.force_tls is true, but email.enable_tls is false, which contradict each other: remove one of them',
    );
  }
  return errors;
}

function checkListeners(settings: HomeserverSettings): string[] {
  const listeners = (['listeners', 'worker_listeners'] as const).flatMap((list) =>
    (settings[list] ?? []).map((listener, i) => ({ at: `${list}[${i}]`, list, listener })),
  );
  return listeners.flatMap(({ at, list, listener }, i) => {
    const errors: string[] = [];
    const names = (listener.resources ?? []).flatMap((resource) => resource.names ?? []);
    if (names.includes('metrics')) {
      const others = names.filter((name) => name !== 'metrics');
      errors.push(
        `${at}.resources has "metrics" on a listener of type ${listener.type ?? 'http'}${others.length > 0 ? ` together with ${others.join(', ')}` : ''}, but whoever reaches the port reads the metrics: write a listener of type metrics with a port of its own`,
      );
    }
    const twin = listeners.slice(0, i).find((l) => l.list === list && l.listener.port === listener.port);
    if (listener.port !== undefined && twin !== undefined) {
      errors.push(`${at}.port is ${listener.port}, but ${twin.at} has the same port: write another one`);
    }
    return errors;
  });
}
