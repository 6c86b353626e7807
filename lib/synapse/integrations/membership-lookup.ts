import type { HomeserverSettings } from '../../../imports/homeserver';
import type { ISecretKey } from '../../kubernetes/secret-key';
import { SecretKind } from '../../secrets/secret-request';
import type { System } from '../../system';

/** Folder, in memory, of the registration that is written at the start; see start/register_lookup.py. */
export const REGISTRATIONS = '/registrations';
/** Settings' file in that folder. */
export const REGISTRATION_SETTINGS = `${REGISTRATIONS}/settings.yaml`;
/** File of the token that the token service has, in the secrets folder. */
export const LOOKUP_TOKEN_FILE = 'membership_lookup_as_token';
/** File of the token that Synapse would prove itself with, if the service had an address. */
const HOMESERVER_TOKEN_FILE = 'membership_lookup_hs_token';

/** The secrets of the application service that may ask who is in a room. */
export function membershipLookupSecrets(system: System): { [path: string]: ISecretKey } {
  const secret = (key: string, alias: string, avoidedBy?: string) =>
    system.secret('matrix-membership-lookup-secret', key, SecretKind.PASSWORD, {
      alias,
      avoidedBy,
      rotation: {
        name: 'membership-lookup',
        effect:
          'Synapse restarts. For up to two minutes users cannot join calls and are not removed from any; calls go on.',
      },
    });
  return {
    [LOOKUP_TOKEN_FILE]: secret('as_token', 'membershipLookupToken', 'calls: Calls.none()'),
    [HOMESERVER_TOKEN_FILE]: secret('hs_token', 'membershipLookupHomeserverToken'),
  };
}

/**
 * The settings that it needs. Its registration is added at the start, beside those of the user's own services.
 *
 * @throws when the user's settings forbid it.
 * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4502
 */
export function membershipLookupSettings(lookup: boolean, settings: HomeserverSettings): HomeserverSettings {
  if (!lookup) {
    return {};
  }
  if (settings.experimental_features?.msc4502_enabled === false) {
    throw new Error(
      'experimental_features.msc4502_enabled is false, but by it the token service asks who is in the room of a call: ' +
        'leave it out, or use calls: Calls.none()',
    );
  }
  return { experimental_features: { msc4502_enabled: true } };
}
