import { python } from '../../support/python';
import { type Snapshot, shipped, storedSet } from '../../support/snapshots';

const FIRST = storedSet('first', '2026-01-01T02:05');
const SECOND = storedSet('second', '2026-01-02T02:05');
const THIRD = storedSet('third', '2026-01-03T02:05');

const SNAPSHOTS = [
  ...FIRST,
  shipped('early', '2026-01-01T12:00'),
  ...SECOND,
  shipped('late', '2026-01-02T12:00'),
  ...THIRD,
  shipped('last but one', '2026-01-03T12:00'),
  shipped('last', '2026-01-03T12:01'),
];

/** The snapshots with the log from a set to a moment. */
function logFor(set: string, time?: string, snapshots: Snapshot[] = SNAPSHOTS): string[] {
  const { answer } = python(
    'sets',
    `chosen = next(one for one in sets.sets_of(given["snapshots"]) if one["id"] == given["set"])
return [one["id"] for one in sets.log_for(given["snapshots"], chosen, given.get("time"))]`,
    { snapshots: [...snapshots].sort((one, other) => (one.time < other.time ? -1 : 1)), set, time },
  );
  return answer;
}

it('to the end is in what was sealed with each set, and in what was shipped last', () => {
  expect(logFor('second')).toEqual(['log-second', 'log-third', 'last']);
  expect(logFor('third')).toEqual(['log-third', 'last']);
});

it('to a moment ends with the first snapshot that was sealed later: that holds all to then', () => {
  expect(logFor('first', '2026-01-01T20:00:00Z')).toEqual(['log-first', 'log-second']);
  expect(logFor('first', '2026-01-02T20:00:00Z')).toEqual(['log-first', 'log-second', 'log-third']);
});

it('to the very second in which one was sealed takes the next one too', () => {
  expect(logFor('first', '2026-01-02T02:05:00Z')).toEqual(['log-first', 'log-second']);
  expect(logFor('first', '2026-01-02T02:05:01Z')).toEqual(['log-first', 'log-second', 'log-third']);
});

it('to a moment after all that was sealed is in what was shipped last', () => {
  expect(logFor('second', '2026-01-03T12:00:30Z')).toEqual(['log-second', 'log-third', 'last']);
});

it('is in what another spool has shipped last, too: the claim was lost in between', () => {
  const snapshots = [
    ...FIRST,
    shipped('of the dead one, before', '2026-01-01T12:00'),
    shipped('last of the dead one', '2026-01-01T12:01'),
    ...storedSet('second', '2026-01-02T02:05', 'new spool'),
    shipped('last', '2026-01-02T12:00', 'new spool'),
  ];
  expect(logFor('first', undefined, snapshots)).toEqual(['log-first', 'last of the dead one', 'log-second', 'last']);
  // What one spool sealed says nothing of another one.
  expect(logFor('first', '2026-01-01T12:00:00Z', snapshots)).toEqual([
    'log-first',
    'last of the dead one',
    'log-second',
  ]);
});

it('begins with the first snapshot that was made for the set, not with that which makes it one', () => {
  expect(python('sets', 'return sets.began(given, sets.sets_of(given)[0])', FIRST)).toEqual({
    answer: '2026-01-01T02:05:00.123456789Z',
  });
});

it('of a set that was made while log was shipped is not looked for in what came before', () => {
  expect(logFor('second')).not.toContain('early');
  expect(logFor('second')).not.toContain('log-first');
});

it('is as many bytes as are fetched, whatever a snapshot says of itself', () => {
  const sized = (bytes: number) => (one: Snapshot) => ({ ...one, summary: { total_bytes_processed: bytes } });
  const snapshots = [...FIRST.map(sized(5)), ...SECOND.map(sized(7)), shipped('last', '2026-01-02T12:00')];
  const { answer } = python('sets', 'return sets.log_bytes(given, sets.sets_of(given)[0])', snapshots);
  expect(answer).toBe(12);
});
