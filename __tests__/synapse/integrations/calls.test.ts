import { HomeserverConfig } from '../../../lib';
import { callSettings } from '../../../lib/synapse/integrations/calls';

const URL = 'https://calls.example.org/livekit/jwt';

it('sets nothing without calls', () => {
  expect(callSettings(undefined, {})).toEqual({});
});

it('tells clients where they get tokens, and lets them leave by a delayed event', () => {
  const settings = callSettings(URL, {});
  expect(settings).toEqual({
    matrix_rtc: { transports: [{ type: 'livekit', livekit_service_url: URL }] },
    max_event_delay_duration: '24h',
    rc_delayed_event_mgmt: { per_second: 1, burst_count: 30 },
    experimental_features: { msc4143_enabled: true, msc4222_enabled: true },
  });
  expect(HomeserverConfig.of(settings).check()).toEqual([]);
});

it("keeps the user's settings", () => {
  const own = {
    max_event_delay_duration: '1h',
    rc_delayed_event_mgmt: { per_second: 2 },
    experimental_features: { msc4222_enabled: false, msc3881_enabled: true },
  };
  expect(callSettings(URL, own)).toMatchObject({
    ...own,
    experimental_features: { msc3881_enabled: true, msc4143_enabled: true, msc4222_enabled: false },
  });
});

it.each(['30m', '3599s', '0'])('fails when delayed events are shorter than an hour: %s', (max_event_delay_duration) => {
  expect(() => callSettings(URL, { max_event_delay_duration })).toThrow(
    `config has max_event_delay_duration '${max_event_delay_duration}', but clients in a call ask for an hour`,
  );
});
