import type { HomeserverSettings } from '../../../../imports/homeserver';
import { check } from '../../../support/homeserver';

test.each<[HomeserverSettings, string, string]>([
  [
    { retention: { enabled: true, default_policy: { min_lifetime: '1y', max_lifetime: '4w' } } },
    'retention.default_policy.min_lifetime is "1y"',
    'retention.default_policy.max_lifetime is "4w"',
  ],
  [
    { retention: { enabled: true, allowed_lifetime_min: '2d', allowed_lifetime_max: '47h' } },
    'retention.allowed_lifetime_min is "2d"',
    'retention.allowed_lifetime_max is "47h"',
  ],
  [
    {
      retention: {
        enabled: true,
        purge_jobs: [{ shortest_max_lifetime: '1w', longest_max_lifetime: '6d', interval: '1d' }],
      },
    },
    'retention.purge_jobs[0].shortest_max_lifetime is "1w"',
    'longest_max_lifetime is "6d"',
  ],
  [{ presence: { idle_timeout: '30s' } }, 'presence.last_active_granularity is "1m"', 'presence.idle_timeout is "30s"'],
  [
    { presence: { idle_timeout: '90s', last_active_granularity: '90000' } },
    'presence.last_active_granularity is "90000"',
    'shorter',
  ],
  [
    { session_lifetime: '1h', nonrefreshable_access_token_lifetime: '1d' },
    'nonrefreshable_access_token_lifetime is "1d"',
    'session_lifetime is "1h"',
  ],
])('refuses %j, with both values', (settings, first, second) => {
  expect(check(settings)).toEqual([expect.stringMatching(/^.*lower the first$/)]);
  const [error] = check(settings);
  expect(error.startsWith(first)).toBe(true);
  expect(error).toContain(second);
});

test.each<[HomeserverSettings]>([
  [{ retention: { enabled: true, default_policy: { min_lifetime: '1d', max_lifetime: '24h' } } }],
  [{ retention: { enabled: true, default_policy: { min_lifetime: '1y' } } }],
  [
    {
      retention: { enabled: true, default_policy: { min_lifetime: '1y', max_lifetime: null } },
    } as unknown as HomeserverSettings,
  ],
  [{ presence: { idle_timeout: '2m' } }],
  [{ session_lifetime: '1d', refreshable_access_token_lifetime: '5m' }],
])('accepts %j', (settings) => {
  expect(check(settings)).toEqual([]);
});
