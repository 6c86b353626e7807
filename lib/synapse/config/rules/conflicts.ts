import type { HomeserverSettings } from '../../../../imports/homeserver';
import { isMapping, pathText, type SettingsPath } from '../path';

/** Settings that contradict each other, or that cannot work in a container. */
export function checkConflicts(settings: HomeserverSettings): string[] {
  return [
    ...secretsTwice(settings, []),
    ...checkForeground(settings),
    ...checkKeys(settings),
    ...checkWellKnown(settings),
    ...checkProviders(settings),
  ];
}

/** A secret in the file and in a file of its own: `form_secret` and `form_secret_path`. */
function secretsTwice(value: unknown, path: SettingsPath): string[] {
  if (typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item, i) => secretsTwice(item, [...path, i]));
  if (!isMapping(value)) return [];
  const isSet = (key: string) => value[key] !== undefined && value[key] !== null && value[key] !== '';
  return Object.entries(value).flatMap(([file, child]) => {
    const key = file.replace(/_(path|file)$/, '');
    if (key === file) return secretsTwice(child, [...path, file]);
    if (!isSet(file) || !isSet(key)) return [];
    const [at, twin] = [pathText([...path, file]), pathText([...path, key])];
    return [
      `${at} is ${JSON.stringify(child)}, but ${twin} is set as well and Synapse refuses to start: remove ${twin}`,
    ];
  });
}

/** A process that leaves the foreground ends its container. */
function checkForeground(settings: HomeserverSettings): string[] {
  return (['daemonize', 'worker_daemonize'] as const)
    .filter((key) => settings[key] === true)
    .map((key) => `${key} is true, but a container ends when its process leaves the foreground: remove it`);
}

/** Synapse verifies signatures by Ed25519 only. */
function checkKeys(settings: HomeserverSettings): string[] {
  const named = [
    ...Object.keys(settings.old_signing_keys ?? {}).map((id) => ({ at: 'old_signing_keys', id })),
    ...(settings.trusted_key_servers ?? []).flatMap(({ verify_keys = {} }, i) =>
      Object.keys(verify_keys).map((id) => ({ at: `trusted_key_servers[${i}].verify_keys`, id })),
    ),
  ];
  return named
    .filter(({ id }) => !/^ed25519:./.test(id))
    .map(({ at, id }) => `${at}.${id} is set, but Synapse knows only Ed25519 keys: use an ID such as ed25519:a_key`);
}

/** What Synapse writes there itself. */
function checkWellKnown(settings: HomeserverSettings): string[] {
  const instead = { 'm.homeserver': 'public_baseurl', 'm.identity_server': 'default_identity_server' };
  return Object.entries(instead)
    .filter(([key]) => settings.extra_well_known_client_content?.[key] !== undefined)
    .map(
      ([key, setting]) =>
        `extra_well_known_client_content.${key} is set, but Synapse refuses to start with it: remove it and use ${setting}`,
    );
}

function checkProviders({ oidc_providers: providers = [] }: HomeserverSettings): string[] {
  return providers.flatMap((provider, i) => {
    const earlier = providers.slice(0, i).findIndex(({ idp_id }) => idp_id === provider.idp_id);
    const key = provider.client_secret_jwt_key;
    return [
      ...(earlier < 0
        ? []
        : [
            `oidc_providers[${i}].idp_id is ${JSON.stringify(provider.idp_id)}, but oidc_providers[${earlier}] has the same: use another one`,
          ]),
      ...(provider.issuer.startsWith('http://') && provider.skip_verification !== true
        ? [
            `oidc_providers[${i}].issuer is ${JSON.stringify(provider.issuer)}, but Synapse accepts only https and every login would fail: use https, or set skip_verification as well`,
          ]
        : []),
      ...(key && !key.key && !key.key_file
        ? [`oidc_providers[${i}].client_secret_jwt_key is set, but it has no key: set its key_file as well`]
        : []),
    ];
  });
}
