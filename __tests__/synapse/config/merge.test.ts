import { copySettings, mergeSettings } from '../../../lib/synapse/config/merge';

test.each<[string, unknown, unknown, unknown]>([
  ['mappings key by key, at every level', { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
  ['lists whole', { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['a mapping over a single value', { a: 1 }, { a: { b: 2 } }, { a: { b: 2 } }],
  ['null over a mapping', { a: { b: 2 } }, { a: null }, { a: null }],
  ['nothing for undefined', { a: { b: 1 } }, { a: { b: undefined, c: undefined } }, { a: { b: 1 } }],
  ['new keys after the old ones', { b: 1 }, { a: 2, b: 3 }, { b: 3, a: 2 }],
])('merges %s', (_, base, over, merged) => {
  expect(JSON.stringify(mergeSettings(base, over))).toBe(JSON.stringify(merged));
});

test('a copy shares nothing with the original, and has no undefined keys', () => {
  const original = { list: [{ a: 1 }], gone: undefined };
  const copy = copySettings(original);
  original.list[0].a = 2;
  expect(copy).toStrictEqual({ list: [{ a: 1 }] });
});

test('the merged settings share nothing with either side', () => {
  const [base, over] = [{ a: { list: [1] } }, { b: { list: [2] } }];
  const merged = mergeSettings<object>(base, over);
  base.a.list.push(3);
  over.b.list.push(3);
  expect(merged).toEqual({ a: { list: [1] }, b: { list: [2] } });
});
