import { isDeepStrictEqual } from 'node:util';
import Ajv2020 from 'ajv/dist/2020';
import * as closed from '../../../../imports/homeserver.schema.json';
import { checkShape } from '../../../../lib/synapse/config/schema/check-shape';
import { FORMATS } from '../../../../lib/synapse/config/schema/formats';
import { check, expectMistake, PLACE, RIGHT, UNKNOWN_KEYS, WRONG_VALUES } from '../../../support/homeserver';

test.each(WRONG_VALUES)('refuses settings when %s', (...mistake) => expectMistake(mistake));

test.each<[unknown]>([
  [{ presence: { idle_timeout: 90000 } }],
  [{ max_upload_size: 52428800 }],
  [{ stream_writers: { events: 'w1' }, instance_map: { w1: PLACE } }],
  [{ delete_stale_devices_after: null, federation_domain_whitelist: null }],
  [{ enable_metrics: undefined }],
])('accepts other forms that Synapse reads as well: %j', (settings) => {
  expect(check(settings)).toEqual([]);
});

test('agrees with a full JSON Schema validator', () => {
  const mapped = Object.fromEntries(Object.entries(FORMATS).map(([name, { matches }]) => [name, matches]));
  const validate = new Ajv2020({ strict: false, formats: mapped }).compile(JSON.parse(JSON.stringify(closed)));
  const mistakes = [...UNKNOWN_KEYS, ...WRONG_VALUES].map(([, settings]) => settings);
  // It reads JSON alone, which has no functions, gaps or NaN.
  const samples = [...RIGHT, ...mistakes].filter((s) => isDeepStrictEqual(JSON.parse(JSON.stringify(s)), s));
  const verdicts = samples.map((s) => [s, checkShape(s as object).length === 0]);
  expect(verdicts).toEqual(samples.map((s) => [s, validate(s)]));
});
