import type { HomeserverSettings } from '../../../imports/homeserver';
import { Peer } from '../../kubernetes/network/peer';
import { isPrivateAddress } from '../../kubernetes/network/private-address';
import type { Traffic } from '../../kubernetes/network/traffic';

const HTTPS = { name: 'https', number: 443 };

/**
 * Settings that keep users from directing requests of Synapse at servers that they choose: push gateways and identity
 * servers. Unread counts do not need push gateways.
 */
export function egressSettings({ push, email, pusher_instances, ...rest }: HomeserverSettings): HomeserverSettings {
  const pushes = push?.enabled === true || email?.enable_notifs === true || pusher_instances !== undefined;
  return {
    start_pushers: rest.start_pushers ?? pushes,
    enable_3pid_lookup: rest.enable_3pid_lookup ?? false,
  };
}

/**
 * Allows connections to the internet for features that the settings enable explicitly: `push.enabled`,
 * `url_preview_enabled` and `email.smtp_host`.
 */
export function declareEgress(synapse: Traffic, settings: HomeserverSettings): void {
  if (settings.push?.enabled === true) {
    synapse.allowTo(Peer.INTERNET, 'push', HTTPS);
  }
  if (settings.url_preview_enabled === true) {
    synapse.allowTo(Peer.INTERNET, 'previews', { name: 'http', number: 80 }, HTTPS);
  }
  const { smtp_host: host, smtp_port: port, force_tls: tls } = settings.email ?? {};
  // Use `synapse.allowTo` for a mail server in the cluster.
  if (host && !isPrivateAddress(host)) {
    synapse.allowTo(Peer.INTERNET, 'mail', { name: 'smtp', number: port ?? (tls ? 465 : 25) });
  }
}
