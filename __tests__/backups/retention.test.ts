import { checkedRetention, retentionDays } from '../../lib/backups/retention';
import { untyped } from '../support/parts';

it('minimal', () => {
  expect(checkedRetention()).toEqual({ keepDaily: 7, keepWeekly: 4, keepMonthly: 3 });
  expect(checkedRetention({})).toEqual(checkedRetention());
});

it('all props', () => {
  const props = { keepDaily: 30, keepWeekly: 0, keepMonthly: 12 };
  expect(checkedRetention(props)).toEqual(props);
});

it.each<[string, object, string]>([
  ['a number is negative', { keepDaily: -1 }, 'keepDaily -1'],
  ['a number is a fraction', { keepWeekly: 1.5 }, 'keepWeekly 1.5'],
  ['a number is none', { keepMonthly: Number.NaN }, 'keepMonthly NaN'],
  ['a number is endless', { keepMonthly: Number.POSITIVE_INFINITY }, 'keepMonthly Infinity'],
  ['a number is text', { keepDaily: untyped('7') }, 'keepDaily 7'],
])('fails when %s', (_, props, value) => {
  expect(() => checkedRetention(props)).toThrow(`${value} is no number of sets: write a whole number from 0`);
});

it('fails when nothing is kept', () => {
  expect(() => checkedRetention({ keepDaily: 0, keepWeekly: 0, keepMonthly: 0 })).toThrow(
    /keep no backup: leave them out .* keepDaily: 1/,
  );
});

const DAY = 24 * 3600 * 1000;
const iso = (time: number) => new Date(time).toISOString();

/** The newest set of each of the last periods, as restic chooses, after years of daily sets up to a day. */
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
  ['keepDaily', (time) => iso(time), [0, 1, 6]],
  ['keepWeekly', (time) => String(Math.floor((time / DAY + 3) / 7)), [0, 1, 36]],
  ['keepMonthly', (time) => iso(time).slice(0, 7), [0, 1, 141]],
];

it.each(ROWS)('%s reaches back at least that far, on whatever day', (name, period, days) => {
  [1, 2, 7].forEach((count, position) => {
    const reach = retentionDays({ keepDaily: 0, keepWeekly: 0, keepMonthly: 0, [name]: count });
    expect(reach).toBe(days[position]);
    const year = Array.from({ length: 366 }, (_, day) => Date.UTC(2026, 0, 1) + day * DAY);
    const least = Math.min(...year.map((today) => oldestKept(today, count, period)));
    expect(least).toBeGreaterThanOrEqual(reach);
    // Months are longer than the 28 days they are taken for.
    expect(name === 'keepMonthly' || least === reach).toBe(true);
  });
});

it('reaches back as far as what reaches furthest', () => {
  expect(retentionDays({ keepDaily: 7, keepWeekly: 4, keepMonthly: 3 })).toBe(29);
  expect(retentionDays({ keepDaily: 40, keepWeekly: 4, keepMonthly: 3 })).toBe(39);
  expect(retentionDays({ keepDaily: 7, keepWeekly: 8, keepMonthly: 3 })).toBe(43);
  expect(retentionDays({ keepDaily: 0, keepWeekly: 0, keepMonthly: 0 })).toBe(0);
});
