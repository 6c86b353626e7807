import { parse } from 'yaml';
import type { HomeserverSettings } from '../../../imports/homeserver';
import { HomeserverConfig } from '../../../lib/synapse/config/homeserver-config';
import { RECOMMENDED_SETTINGS } from '../../../lib/synapse/config/presets/recommended-settings';

const read = (yaml: string) => parse(yaml, { version: '1.1' });

test('merges mappings at every level and lets the caller win', () => {
  const config = HomeserverConfig.of({
    presence: { enabled: true, idle_timeout: '5m' },
    rc_login: { address: { per_second: 1, burst_count: 60 } },
  }).extend({ presence: { enabled: false }, rc_login: { address: { burst_count: 5 }, account: { per_second: 2 } } });
  expect(config.settings).toEqual({
    presence: { enabled: false, idle_timeout: '5m' },
    rc_login: { address: { per_second: 1, burst_count: 5 }, account: { per_second: 2 } },
  });
});

test('replaces lists and single values whole', () => {
  const config = HomeserverConfig.of({ turn_uris: ['turn:a', 'turn:b'], max_upload_size: '50M' });
  expect(config.extend({ turn_uris: ['turn:c'], max_upload_size: '10M' }).settings).toEqual({
    turn_uris: ['turn:c'],
    max_upload_size: '10M',
  });
});

test('keeps null as a value and drops what is undefined', () => {
  const config = HomeserverConfig.of({ redaction_retention_period: '7d', report_stats: false });
  expect(config.extend({ redaction_retention_period: null, report_stats: undefined }).settings).toEqual({
    redaction_retention_period: null,
    report_stats: false,
  });
});

test('the recommended configuration is valid, and gives way to the operator', () => {
  const config = HomeserverConfig.recommended();
  expect(config.settings).toEqual(RECOMMENDED_SETTINGS);
  expect(config.check()).toEqual([]);
  expect(config.extend({ default_room_version: '11', presence: { enabled: true } }).settings).toEqual({
    ...RECOMMENDED_SETTINGS,
    default_room_version: '11',
    presence: { enabled: true },
  });
});

test('never changes: not by extend, not through the settings given or taken', () => {
  const given: { turn_uris: string[]; presence: { enabled: boolean } } = {
    turn_uris: ['turn:a'],
    presence: { enabled: true },
  };
  const config = HomeserverConfig.of(given);
  const before = config.toYaml();
  const extended = config.extend({ presence: { enabled: false } });
  given.turn_uris.push('turn:b');
  given.presence.enabled = false;
  (config.settings.turn_uris as string[]).push('turn:c');
  (extended.settings as { presence: { enabled: unknown } }).presence.enabled = 'x';
  expect(config.toYaml()).toBe(before);
});

test('writes the same bytes for the same input, keys in the order given', () => {
  const settings: HomeserverSettings = { server_name: 'example.org', report_stats: false, max_upload_size: '50M' };
  expect(HomeserverConfig.of(settings).toYaml()).toBe(HomeserverConfig.of({ ...settings }).toYaml());
  expect(HomeserverConfig.of(settings).toYaml()).toBe(
    'server_name: example.org\nreport_stats: false\nmax_upload_size: 50M\n',
  );
});

test('text that YAML 1.1 would take for something else stays text', () => {
  const tricky = [
    'off',
    'yes',
    'no',
    'on',
    'null',
    '~',
    '0123',
    '1:30',
    '1e3',
    '0x1F',
    '2026-01-01',
    '',
    ' a',
    'a: b',
    '# x',
  ];
  const yaml = HomeserverConfig.of({
    extra_well_known_client_content: { tricky },
    default_room_version: '11',
    encryption_enabled_by_default_for_room_type: 'off',
  }).toYaml();
  expect(read(yaml)).toEqual({
    extra_well_known_client_content: { tricky },
    default_room_version: '11',
    encryption_enabled_by_default_for_room_type: 'off',
  });
});

test('a value used twice is written twice, without anchors', () => {
  const limit = { per_second: 1, burst_count: 30 };
  expect(HomeserverConfig.of({ rc_joins_per_room: limit, rc_message: limit }).toYaml()).not.toMatch(/[&*]a\d/);
});

test('refuses settings with every error at once', () => {
  const config = HomeserverConfig.of({ enable_metrcs: true, max_upload_size: '50MB' } as HomeserverSettings);
  expect(config.check()).toHaveLength(2);
  expect(() => config.toYaml()).toThrow(
    /config is not a valid homeserver.yaml:\n {2}- enable_metrcs.*\n {2}- max_upload_size/,
  );
});

test('a key called __proto__ is an unknown key and nothing else', () => {
  const evil = JSON.parse('{"__proto__": {"enable_registration": true}}');
  const config = HomeserverConfig.of({ report_stats: false }).extend(evil);
  expect(config.check()).toEqual([expect.stringContaining('__proto__')]);
  expect(({} as HomeserverSettings).enable_registration).toBeUndefined();
});
