import { type Choices, type ExcludedPair, pairsOf, Rows } from './rows';

const CHOICES: Choices = {
  postgres: ['in cluster', 'managed'],
  backups: ['claim', 'store', 'none'],
  edge: ['none', 'ingress', 'gateway'],
  size: ['small', 'large'],
};
const EXCLUDED: ExcludedPair[] = [['backups', 'store', 'postgres', 'managed']];

it('has every pair of values in few rows', () => {
  const rows = new Rows(CHOICES, [], 1);
  const covering = rows.covering();
  expect(new Set(covering.flatMap(pairsOf))).toEqual(rows.pairs());
  // 2 · 3 + 2 · 3 + 2 · 2 + 3 · 3 + 3 · 2 + 3 · 2
  expect(rows.pairs().size).toBe(37);
  expect(covering.length).toBeGreaterThanOrEqual(9);
  expect(covering.length).toBeLessThanOrEqual(13);
});

it('never combines an excluded pair, in either order', () => {
  const rows = new Rows(CHOICES, EXCLUDED, 1);
  expect(rows.pairs().size).toBe(36);
  const all = [...rows.covering(), ...Array.from({ length: 100 }, () => rows.any())];
  expect(all.filter((row) => row.backups === 'store' && row.postgres === 'managed')).toEqual([]);
  expect(all.filter((row) => row.backups === 'store').length).toBeGreaterThan(10);
});

it('is the same for the same seed, and different for another', () => {
  const rows = (seed: number) => new Rows(CHOICES, EXCLUDED, seed).covering();
  expect(rows(7)).toEqual(rows(7));
  expect(rows(8)).not.toEqual(rows(7));
});

it('fails when a value cannot be combined with any other', () => {
  const excluded = ['none', 'ingress', 'gateway'].map((edge): ExcludedPair => ['size', 'large', 'edge', edge]);
  expect(() => new Rows(CHOICES, excluded, 1).covering()).toThrow(/^edge .*"size":"large".*: exclude fewer pairs$/);
});
