import { runInNewContext } from 'node:vm';
import { Size } from 'cdk8s';
import { Backups, SystemSize } from '../../../lib';
import { isPlain, kindOf } from '../../../lib/kubernetes/checks/value-kind';

it.each([
  ['number', '587', '587, without quotes'],
  ['number', 'many', 'a number, without quotes'],
  ['boolean', 'false', 'false, without quotes'],
  ['boolean', 'no', 'true or false, without quotes'],
  ['string', 5, "'5'"],
  ['SystemSize', 'LARGE', 'SystemSize.LARGE'],
  ['SystemSize', 5, 'SystemSize.SMALL, SystemSize.MEDIUM, or SystemSize.LARGE'],
  ['Backups', {}, 'Backups.to(…) or Backups.none()'],
  ['Size', '10Gi', "Size.gibibytes(10) or parseSize('10Gi')"],
])('says what to use for the %s %j', (type, value, remedy) => {
  expect(kindOf(type).matches(value)).toBe(false);
  expect(kindOf(type).remedy(value)).toBe(remedy);
});

it.each<[string, unknown]>([
  ['number', 587],
  ['boolean', false],
  ['string', ''],
  ['unknown', null],
  ['SystemSize', SystemSize.LARGE],
  ['Backups', Backups.none()],
  ['Size', Size.gibibytes(1)],
])('accepts a value of the type %s', (type, value) => {
  expect(kindOf(type).matches(value)).toBe(true);
});

it('fails when a public signature has a type that it does not know', () => {
  expect(() => kindOf('Map<string, number>')).toThrow('add it to EXTERNAL');
});

it('takes an object of another realm for plain, but no instance of a class', () => {
  expect(isPlain(runInNewContext('({ a: 1 })'))).toBe(true);
  expect(isPlain(Object.create(null))).toBe(true);
  expect([Size.gibibytes(1), null, [], 'text', undefined].map(isPlain)).toEqual([false, false, false, false, false]);
});
