import { quantity } from '../../../../cli/doctor/facts/quantity';

it.each([
  ['250m', 0.25],
  ['2', 2],
  ['1.5', 1.5],
  ['24581692Ki', 24581692 * 1024],
  ['3Gi', 3 * 2 ** 30],
  ['500M', 5e8],
  ['1k', 1000],
  ['1e3', 1000],
  [undefined, 0],
])('%s is %d', (text, number) => expect(quantity(text)).toBeCloseTo(number));
