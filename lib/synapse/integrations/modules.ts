import type { HomeserverSettings, ModuleSettings } from '../../../imports/homeserver';
import { accountsBlockedBy } from '../config/rules/authentication';

/** Synapse's own number of rounds. */
const BCRYPT_ROUNDS = 12;

/** The metrics of the claim of the media. */
const MEDIA_VOLUME: ModuleSettings = { module: 'media_volume.MediaVolume', config: {} };
/** Answers what has begun before the end. */
const ORDERLY_END: ModuleSettings = { module: 'orderly_end.OrderlyEnd', config: {} };
/** Bounds what other servers queue for a user with whom they share no room. */
const BOUNDED_INBOX: ModuleSettings = { module: 'bounded_inbox.BoundedInbox', config: {} };

/**
 * The user's modules and ours, which are beside homeserver.yaml. One makes logins of unknown names as slow as those of
 * known ones: without logins by password it is not needed. Every process loads them, also the one that writes messages
 * to devices.
 */
export function moduleSettings(settings: HomeserverSettings, federates: boolean): ModuleSettings[] {
  const { modules = [], bcrypt_rounds = BCRYPT_ROUNDS } = settings;
  const ours: ModuleSettings = { module: 'even_logins.EvenLogins', config: { bcrypt_rounds } };
  return [
    ...modules,
    MEDIA_VOLUME,
    ORDERLY_END,
    ...(federates ? [BOUNDED_INBOX] : []),
    ...(accountsBlockedBy(settings) ? [] : [ours]),
  ];
}
