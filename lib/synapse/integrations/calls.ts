import type { HomeserverSettings } from '../../../imports/homeserver';
import { milliseconds } from '../config/rules/order';

/** What Element Call asks for where the token service ends a membership for it. */
const LEAST_DELAY = 3_600_000;

/**
 * The settings of calls for homeserver.yaml: where clients get tokens, and what they need of the homeserver.
 *
 * @param serviceUrl URL of the token service; undefined without calls.
 * @param settings the user's settings, which win.
 * @throws when those would let clients lose their connection.
 */
export function callSettings(serviceUrl: string | undefined, settings: HomeserverSettings): HomeserverSettings {
  if (serviceUrl === undefined) {
    return {};
  }
  const { max_event_delay_duration = '24h', rc_delayed_event_mgmt, experimental_features } = settings;
  if (!(milliseconds(max_event_delay_duration) >= LEAST_DELAY)) {
    throw new Error(
      `config has max_event_delay_duration '${max_event_delay_duration}', but clients in a call ask for an hour and would lose their ` +
        'connection: use at least 1h, or leave it out for 24h',
    );
  }
  return {
    matrix_rtc: { transports: [{ type: 'livekit', livekit_service_url: serviceUrl }] },
    // A client that loses its connection leaves by a delayed event.
    max_event_delay_duration,
    // Each participant puts that event off every few seconds.
    rc_delayed_event_mgmt: rc_delayed_event_mgmt ?? { per_second: 1, burst_count: 30 },
    experimental_features: { msc4222_enabled: true, ...experimental_features, msc4143_enabled: true },
  };
}
