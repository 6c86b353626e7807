import { checkedBaseUrl } from '../addresses/base-url';
import type { ElementOptions } from './element-options';

/** The facts about the homeserver that the client needs. */
export interface ElementHomeserver {
  readonly serverName: string;
  readonly publicBaseUrl: string;
}

/**
 * Element Web's config.json.
 *
 * @see https://github.com/element-hq/element-web/blob/develop/docs/config.md
 */
export interface ElementConfig {
  readonly default_server_config: { 'm.homeserver': { base_url: string; server_name: string } };
  readonly brand: string;
  readonly disable_custom_urls: boolean;
  readonly disable_guests: boolean;
  readonly disable_3pid_login: boolean;
  readonly default_federate: boolean;
  readonly permalink_prefix: string;
  readonly room_directory: { servers: string[] };
  readonly enable_presence_by_hs_url: { [url: string]: boolean };
  readonly integrations_ui_url: null;
  readonly integrations_rest_url: null;
  readonly integrations_widgets_urls: null;
  readonly jitsi: { preferred_domain: string };
  readonly element_call: { url?: string; use_exclusively: boolean };
  readonly mobile_guide_toast: boolean;
  readonly force_verification: boolean;
  readonly setting_defaults: { [setting: string]: boolean };
}

/**
 * Returns config.json, in which no default names a server of others.
 *
 * @throws when a URL is not valid.
 */
export function elementConfig(homeserver: ElementHomeserver, options: ElementOptions): ElementConfig {
  const { brand = 'Element', presence = true, elementCallUrl } = options;
  const url = checkedBaseUrl('url of WebClient.element', options.url);
  const call = elementCallUrl && checkedBaseUrl('elementCallUrl of WebClient.element', elementCallUrl);
  const { publicBaseUrl, serverName } = homeserver;
  return {
    default_server_config: { 'm.homeserver': { base_url: publicBaseUrl, server_name: serverName } },
    brand,
    disable_custom_urls: true,
    disable_guests: true,
    disable_3pid_login: true,
    default_federate: options.federatedRooms ?? false,
    // Links would otherwise lead to matrix.to.
    permalink_prefix: url,
    room_directory: { servers: [serverName] },
    enable_presence_by_hs_url: { [publicBaseUrl]: presence },
    // Left out, these would be Scalar's.
    integrations_ui_url: null,
    integrations_rest_url: null,
    integrations_widgets_urls: null,
    // Left out, this would be meet.element.io. Nothing answers there.
    jitsi: { preferred_domain: new URL(url).host },
    element_call: { ...(call ? { url: call } : {}), use_exclusively: true },
    mobile_guide_toast: false,
    force_verification: options.forceVerification ?? false,
    setting_defaults: {
      'UIFeature.registration': false,
      'UIFeature.passwordReset': false,
      'UIFeature.deactivate': false,
      'UIFeature.identityServer': false,
      'UIFeature.thirdPartyId': false,
      'UIFeature.feedback': false,
      'UIFeature.shareSocial': false,
      urlPreviewsEnabled: false,
    },
  };
}
