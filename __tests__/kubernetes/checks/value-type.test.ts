import { isOptional, namesOf, problemsOf } from '../../../lib/kubernetes/checks/value-type';

const problems = (type: string, value: unknown) => problemsOf(type, value, { name: 'it' });

it.each<[string, unknown, string]>([
  ['string[]', 'a', "it must be a list, got the text 'a': use […], even for one"],
  ['string[]', ['a', 5], "it[1] must be text, got 5: use '5'"],
  ['string[]', [undefined, 'a'], 'it[0] is missing: use text in quotes'],
  ['{ [key: string]: string }', 'a', "it must be an object, got the text 'a': use { name: … }"],
  ['{ [key: string]: string }', { app: undefined }, "it['app'] is missing: use text in quotes"],
  ['Retention', { daily: '7' }, "it.daily must be a number, got the text '7': use 7, without quotes"],
  ['Retention', { Daily: 7 }, 'it.Daily does not exist: use daily, or leave it out'],
  ['Retention', null, 'it must be an object, got null: use { … } with daily, weekly, monthly'],
  ['IPeer', {}, 'it.peer is missing: use Peer.DNS, '],
  ['ISecretKey', { secretName: 5, key: 'k' }, "it.secretName must be text, got 5: use '5'"],
])('for the type %s says about %j: %s', (type, value, message) => {
  expect(problems(type, value)).toEqual([expect.stringContaining(message)]);
});

it('accepts an optional prop that is undefined, but not null', () => {
  expect(problems('Retention', { daily: undefined })).toEqual([]);
  expect(problems('Retention', { daily: null })).toHaveLength(1);
});

it('reads the marks of names in signatures', () => {
  expect(namesOf({ 'size?': 'Size', '...ports': 'TrafficPort[]' })).toEqual(['size', 'ports']);
  expect(['size?', 'size'].map(isOptional)).toEqual([true, false]);
});
