/** The facts that the page needs. */
export interface ElementCallFacts {
  readonly serverName: string;
  readonly publicBaseUrl: string;
  /** URL of the token service. */
  readonly serviceUrl: string;
}

/**
 * Element Call's config.json.
 *
 * Left out, reports, analytics and their servers are off.
 *
 * @see https://github.com/element-hq/element-call/blob/livekit/docs/self_hosting.md
 */
export interface ElementCallConfig {
  readonly default_server_config: { 'm.homeserver': { base_url: string; server_name: string } };
  readonly livekit: { livekit_service_url: string };
  readonly matrix_rtc_mode: string;
}

/** Returns config.json. */
export function elementCallConfig({ serverName, publicBaseUrl, serviceUrl }: ElementCallFacts): ElementCallConfig {
  return {
    default_server_config: { 'm.homeserver': { base_url: publicBaseUrl, server_name: serverName } },
    // For clients that do not tell their widgets what the homeserver names.
    livekit: { livekit_service_url: serviceUrl },
    // The other modes need sticky events, or exclude newer clients.
    matrix_rtc_mode: 'compatibility',
  };
}
