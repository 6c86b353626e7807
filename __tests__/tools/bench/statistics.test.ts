import { median, middleHalf, quantile } from '../../../tools/bench/statistics';

const VALUES = [5, 1, 4, 2, 3];

it('finds the value below which a share of the values is', () => {
  expect(quantile(VALUES, 0.95)).toBeCloseTo(4.8);
  expect(quantile(VALUES, 0)).toBe(1);
  expect(quantile(VALUES, 1)).toBe(5);
  expect(quantile([7], 0.95)).toBe(7);
});

it('finds the middle, and the middle half', () => {
  expect(median(VALUES)).toBe(3);
  expect(median([1, 2])).toBe(1.5);
  expect(middleHalf(VALUES, 1)).toBe('2.0 – 4.0');
});
