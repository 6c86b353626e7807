import type { HomeserverSettings, RetentionSettings } from '../../../../imports/homeserver';
import { HomeserverConfig } from '../../../../lib';
import { check } from '../../../support/homeserver';

const MONTH = { default_policy: { max_lifetime: '30d' } };
const job = (shortest?: string, longest?: string) => ({
  shortest_max_lifetime: shortest,
  longest_max_lifetime: longest,
  interval: '1d',
});

test.each<[RetentionSettings, string, string]>([
  [MONTH, 'retention.default_policy is set', 'retention.enabled is not set'],
  [{ enabled: false, ...MONTH }, 'retention.default_policy is set', 'retention.enabled is false'],
  [{ allowed_lifetime_max: '1y' }, 'retention.allowed_lifetime_max is set', 'set retention.enabled to true'],
  [{ purge_jobs: [job()] }, 'retention.purge_jobs is set', 'set retention.enabled to true'],
])('refuses %j, which would delete nothing', (retention, given, remedy) => {
  expect(check({ retention })).toEqual([expect.stringContaining(given)]);
  expect(check({ retention })[0]).toContain(remedy);
});

test.each<[string, ReturnType<typeof job>[]]>([
  ['only shorter lifetimes', [job(undefined, '29d')]],
  ['only longer lifetimes', [job('31d', undefined)]],
  // Synapse takes the bound below as excluded.
  ['lifetimes above the same', [job('30d', '60d')]],
  ['a gap between two jobs', [job(undefined, '3d'), job('60d', undefined)]],
])('refuses purge jobs for %s, which would leave the messages of the default policy', (_, purge_jobs) => {
  expect(check({ retention: { enabled: true, ...MONTH, purge_jobs } })).toEqual([
    expect.stringMatching(/^retention\.default_policy\.max_lifetime is "30d", but none of .* or remove purge_jobs$/),
  ]);
});

test.each<[HomeserverSettings]>([
  [{}],
  [{ retention: {} }],
  [{ retention: { enabled: false } }],
  [{ retention: { enabled: true } }],
  [{ retention: { enabled: true, ...MONTH } }],
  [{ retention: { enabled: true, ...MONTH, purge_jobs: [job()] } }],
  [{ retention: { enabled: true, ...MONTH, purge_jobs: [job('29d', '720h')] } }],
  [{ retention: { enabled: true, ...MONTH, purge_jobs: [job(undefined, '3d'), job('3d')] } }],
  [{ retention: { enabled: true, purge_jobs: [job(undefined, '3d')] } }],
])('accepts %j', (settings) => {
  expect(check(settings)).toEqual([]);
});

test.each([HomeserverConfig.recommended(), HomeserverConfig.oriso()])(
  'no starting point deletes messages, rooms or files of its own users',
  ({ settings }) => {
    expect(settings.retention).toBeUndefined();
    expect(settings.forget_rooms_on_leave).toBeUndefined();
    expect(settings.forgotten_room_retention_period).toBeUndefined();
    expect(settings.media_retention?.local_media_lifetime).toBeUndefined();
  },
);
