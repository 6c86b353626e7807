import { checkedRetention, type Retention, retentionDays } from '../../lib/backups/retention';
import { untyped } from '../support/backup-parts';

it('minimal', () => {
  expect(checkedRetention()).toEqual({ daily: 7, weekly: 4, monthly: 3 });
  expect(checkedRetention({})).toEqual(checkedRetention());
});

it('all props', () => {
  const props: Required<Retention> = { daily: 30, weekly: 0, monthly: 12 };
  expect(checkedRetention(props)).toEqual(props);
});

it.each<[string, Retention, string]>([
  ['a number is negative', { daily: -1 }, 'keep.daily must be 0 or a positive whole number'],
  ['a number is a fraction', { weekly: 1.5 }, 'got 1.5'],
  ['a number is NaN', { monthly: Number.NaN }, 'keep.monthly must be 0 or a positive whole number'],
  ['a number is infinite', { monthly: Number.POSITIVE_INFINITY }, 'got Infinity'],
  ['a number is text', { daily: untyped('7') }, 'keep.daily must be 0'],
])('fails when %s', (_, props, value) => {
  expect(() => checkedRetention(props)).toThrow(value);
  expect(() => checkedRetention(props)).toThrow('(0 turns this rule off)');
});

it('fails when nothing is kept', () => {
  const keep = () => checkedRetention({ daily: 0, weekly: 0, monthly: 0 });
  expect(keep).toThrow('keep must keep at least one backup, got 0 for daily, weekly and monthly');
  expect(keep).toThrow('use at least daily: 1');
});

const DAY = 24 * 3600 * 1000;
const iso = (time: number) => new Date(time).toISOString();

/** The newest backup of each of the last periods, as restic selects it, after years of daily backups. */
function oldestKept(today: number, count: number, period: (time: number) => string): number {
  const seen = new Set<string>();
  let oldest = today;
  for (let time = today; seen.size < count; time -= DAY) {
    if (!seen.has(period(time))) {
      seen.add(period(time));
      oldest = time;
    }
  }
  return (today - oldest) / DAY;
}

const ROWS: [string, (time: number) => string, number[]][] = [
  ['daily', (time) => iso(time), [0, 1, 6]],
  ['weekly', (time) => String(Math.floor((time / DAY + 3) / 7)), [0, 1, 36]],
  ['monthly', (time) => iso(time).slice(0, 7), [0, 1, 141]],
];

it.each(ROWS)('%s reaches back at least that far, on whatever day', (name, period, days) => {
  [1, 2, 7].forEach((count, position) => {
    const reach = retentionDays({ daily: 0, weekly: 0, monthly: 0, [name]: count });
    expect(reach).toBe(days[position]);
    const year = Array.from({ length: 366 }, (_, day) => Date.UTC(2026, 0, 1) + day * DAY);
    const least = Math.min(...year.map((today) => oldestKept(today, count, period)));
    expect(least).toBeGreaterThanOrEqual(reach);
    // Months count as 28 days, and most are longer.
    expect(name === 'monthly' || least === reach).toBe(true);
  });
});

it('reaches back as far as the rule that reaches furthest', () => {
  expect(retentionDays({ daily: 7, weekly: 4, monthly: 3 })).toBe(29);
  expect(retentionDays({ daily: 40, weekly: 4, monthly: 3 })).toBe(39);
  expect(retentionDays({ daily: 7, weekly: 8, monthly: 3 })).toBe(43);
  expect(retentionDays({ daily: 0, weekly: 0, monthly: 0 })).toBe(0);
});
