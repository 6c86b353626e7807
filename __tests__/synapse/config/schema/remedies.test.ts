import * as closed from '../../../../imports/homeserver.schema.json';
import { amountRemedy, expected } from '../../../../lib/synapse/config/schema/remedies';
import { check, expectMistake, UNKNOWN_KEYS } from '../../../support/homeserver';

test.each(UNKNOWN_KEYS)('refuses settings when %s', (...mistake) => expectMistake(mistake));

test('an error about a misspelt secret does not repeat it either', () => {
  expect(check({ registration_shared_secrt: 'hunter2' })).toEqual([
    'registration_shared_secrt is set (value withheld), but Synapse has no such key and would ignore it: use registration_shared_secret_path',
  ]);
  expect(check({ htps_proxy: 'http://user:hunter2@proxy' }).join()).not.toContain('hunter2');
});

const { bytes, duration } = closed.$defs;

test.each([
  ['10MiB', bytes, '10M'],
  ['5 gb', bytes, '5G'],
  ['much', bytes, '50M'],
  ['5 min', duration, '5m'],
  ['2 weeks', duration, '2w'],
  ['90sec', duration, '90s'],
  ['3 months', duration, '10m'],
  ['1.5h', duration, '10m'],
])('for %s, it proposes one that Synapse reads', (value, { pattern }, proposal) => {
  expect(proposal).toMatch(new RegExp(pattern));
  expect(amountRemedy(pattern, value)).toMatch(new RegExp(`'${proposal}'$`));
});

test.each([
  [bytes, ["a size such as '50M'"]],
  [duration, ["a duration such as '10m'"]],
  [{ type: ['boolean', 'null'] }, ['true or false without quotes (Synapse takes any text as true)']],
  [{ type: ['string', 'array'] }, ['text', 'a list']],
  [{}, ['plain data that YAML can express']],
])('says in words what %j wants', (node, words) => {
  expect(expected(node)).toEqual(words);
});
