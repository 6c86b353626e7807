import { HomeserverConfig } from '../../../../lib/synapse/config/homeserver-config';
import { ORISO_SETTINGS } from '../../../../lib/synapse/config/presets/oriso-settings';

const { settings } = HomeserverConfig.oriso();
const recommended = HomeserverConfig.recommended().settings;

it.each([
  ['room IDs contain the server name', { default_room_version: '11' }],
  ['services can read the rooms', { encryption_enabled_by_default_for_room_type: 'off' }],
  ['presence is on', { presence: { enabled: true } }],
  ['participants who lose the connection leave the call', { max_event_delay_duration: '24h' }],
  ['calls find their media servers', { experimental_features: { msc4143_enabled: true, msc4222_enabled: true } }],
])('%s', (_, expected) => {
  expect(settings).toMatchObject(expected);
});

it('rate limits are finite and above the bursts of the platform', () => {
  const limits = {
    'rc_login.address': [1, 60],
    'rc_login.account': [1, 40],
    'rc_login.failed_attempts': [0.17, 5],
    rc_message: [5, 200],
    rc_room_creation: [1, 40],
    'rc_invites.per_issuer': [2, 80],
    'rc_invites.per_user': [0.1, 30],
    'rc_invites.per_room': [0.3, 30],
    'rc_joins.local': [0.5, 30],
    rc_joins_per_room: [1, 30],
    rc_delayed_event_mgmt: [1, 30],
  };
  for (const [path, [per_second, burst_count]] of Object.entries(limits)) {
    expect(settings).toHaveProperty(path, { per_second, burst_count });
  }
});

it('repeats nothing of the recommended settings, and keeps all that it does not change', () => {
  for (const [key, value] of Object.entries(ORISO_SETTINGS)) {
    expect(recommended).not.toHaveProperty(key, value);
  }
  const changed = Object.keys(ORISO_SETTINGS);
  const kept = Object.entries(recommended).filter(([key]) => !changed.includes(key));
  expect(settings).toMatchObject(Object.fromEntries(kept));
  expect(Object.keys(settings).sort()).toEqual([...kept.map(([key]) => key), ...changed].sort());
});
