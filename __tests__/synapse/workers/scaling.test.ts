import { Scaling } from '../../../lib';

it('is a fixed number, or between two', () => {
  expect(Scaling.fixed(3)).toMatchObject({ least: 3, most: 3, targetCpu: undefined });
  expect(Scaling.between(1, 4)).toMatchObject({ least: 1, most: 4, targetCpu: 70 });
  expect(Scaling.between(1, 4, 50).targetCpu).toBe(50);
  expect(Scaling.external(2, 4)).toMatchObject({ least: 2, most: 4, targetCpu: undefined });
});

it.each<[string, () => unknown, string]>([
  ['a number is not whole', () => Scaling.fixed(1.5), '1.5 is not a valid number of pods: use a whole number'],
  ['a number is too small', () => Scaling.fixed(0), '0 is not a valid number of pods'],
  ['there is nothing to scale', () => Scaling.between(2, 2), 'use Scaling.fixed(2)'],
  ['there is nothing to scale for another', () => Scaling.external(3, 2), 'Scaling.external(3, 2) leaves nothing'],
  [
    'the target is not a percentage',
    () => Scaling.between(1, 2, 0.7),
    'targetCpu must be a whole number from 10, got 0.7',
  ],
])('fails when %s', (_, make, message) => expect(make).toThrow(message));
