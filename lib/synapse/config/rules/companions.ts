import type { HomeserverSettings } from '../../../../imports/homeserver';

/** A setting that Synapse accepts only beside another one. */
interface Companion {
  readonly key: string;
  /** What it is when it needs the other; undefined or false when it does not. */
  readonly given: unknown;
  /** Whether the other is there. */
  readonly met: unknown;
  /** What is missing, after "Synapse refuses to start without". */
  readonly needs: string;
  /** What to do instead of setting it as well. @default - remove the first */
  readonly instead?: string;
}

/** Settings without the one that they need: Synapse refuses to start. */
export function checkCompanions(settings: HomeserverSettings): string[] {
  return [...general(settings), ...experimental(settings), ...processes(settings)]
    .filter(({ given, met }) => given !== undefined && given !== false && given !== null && !met)
    .map(({ key, given, needs, instead }) => {
      // A whole block may hold secrets.
      const value = typeof given === 'object' ? 'set' : JSON.stringify(given);
      return `${key} is ${value}, but Synapse refuses to start without ${needs}: set it as well, or ${instead ?? `remove ${key}`}`;
    });
}

function general(s: HomeserverSettings): Companion[] {
  const { email, cas_config: cas, jwt_config: jwt } = s;
  const preset = s.autocreate_auto_join_room_preset;
  return [
    {
      key: 'email',
      given: email && Object.keys(email).length > 0 && email,
      met: email?.notif_from,
      needs: 'email.notif_from',
    },
    {
      key: 'autocreate_auto_join_room_preset',
      given: preset !== 'public_chat' && s.autocreate_auto_join_rooms !== false && preset,
      met: s.auto_join_mxid_localpart,
      needs: 'auto_join_mxid_localpart, the user who invites',
      instead: 'use "public_chat"',
    },
    { key: 'cas_config.enabled', given: cas?.enabled, met: cas?.server_url, needs: 'cas_config.server_url' },
    {
      key: 'jwt_config',
      given: jwt && Object.keys(jwt).length > 0 && jwt,
      met: jwt?.algorithm,
      needs: 'jwt_config.algorithm',
    },
    ...(s.matrix_rtc?.transports ?? []).map((transport, i) => ({
      key: `matrix_rtc.transports[${i}].type`,
      given: transport.type === 'livekit' && transport.type,
      met: transport.url || transport.livekit_service_url,
      needs: `matrix_rtc.transports[${i}].livekit_service_url`,
    })),
    {
      key: 'user_types.default_user_type',
      given: s.user_types?.default_user_type,
      met: ['support', 'bot', ...(s.user_types?.extra_user_types ?? [])].includes(
        s.user_types?.default_user_type ?? '',
      ),
      needs: 'the same type in user_types.extra_user_types',
    },
  ];
}

function experimental(s: HomeserverSettings): Companion[] {
  const features = s.experimental_features ?? {};
  const accounts = { met: s.matrix_authentication_service?.enabled, needs: 'matrix_authentication_service' };
  const mode = features.msc4388_mode;
  return [
    {
      key: 'experimental_features.msc3890_enabled',
      given: features.msc3890_enabled,
      met: features.msc3391_enabled,
      needs: 'experimental_features.msc3391_enabled',
    },
    { key: 'experimental_features.msc4108_enabled', given: features.msc4108_enabled, ...accounts },
    {
      key: 'experimental_features.msc4108_delegation_endpoint',
      given: features.msc4108_delegation_endpoint,
      ...accounts,
    },
    { key: 'experimental_features.msc4388_mode', given: mode !== 'off' && mode, ...accounts },
  ];
}

function processes(s: HomeserverSettings): Companion[] {
  const { redis, instance_map: map = {} } = s;
  return [
    {
      key: 'redis.username',
      given: redis?.username || undefined,
      met: redis?.password || redis?.password_path,
      needs: 'redis.password_path',
    },
    {
      key: 'worker_app',
      given: s.worker_app !== 'synapse.app.homeserver' && (s.worker_app || undefined),
      met: map.main,
      needs: 'instance_map.main',
    },
    { key: 'worker_name', given: s.worker_name || undefined, met: map.main, needs: 'instance_map.main' },
    {
      key: 'outbound_federation_restricted_to',
      given: s.outbound_federation_restricted_to?.length ? s.outbound_federation_restricted_to : undefined,
      met: s.worker_replication_secret || s.worker_replication_secret_path,
      needs: 'worker_replication_secret_path',
    },
    ...Object.entries(map).map(([name, { host, port, path }]) => ({
      key: `instance_map.${name}`,
      given: map[name],
      met: path || (host && port),
      needs: `instance_map.${name}.host and instance_map.${name}.port`,
    })),
  ];
}
