import { table } from '../../../tools/load/table';

it('makes each column as wide as its widest cell', () => {
  const rows = [
    ['stock', '9.1', '1'],
    ['without workers', '10', '100'],
  ];
  expect(table(['', 'a second', 'ms'], rows)).toBe(
    ['                 a second   ms', 'stock                 9.1    1', 'without workers        10  100'].join('\n'),
  );
});
