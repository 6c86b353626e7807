import { python } from '../../support/python';
import { type Snapshot, shipped, storedSet } from '../../support/snapshots';

const KEEP = { KEEP_DAILY: '7', KEEP_WEEKLY: '4', KEEP_MONTHLY: '3' };
const FIRST = storedSet('first', '2026-01-01T02:05');
const SECOND = storedSet('second', '2026-01-02T02:05');

const inTime = (snapshots: Snapshot[]) => [...snapshots].sort((one, other) => (one.time < other.time ? -1 : 1));

/** What is not needed any more of these, oldest first. */
function superfluous(...snapshots: Snapshot[]): string[] {
  return python('prune', 'return prune.superfluous(given)', inTime(snapshots), KEEP).answer;
}

const dump = (id: string, time: string): Snapshot => ({
  id,
  time: `${time}:00Z`,
  tags: ['dump'],
  facts: { id: `dump-${id}` },
});

it('keeps all of two sets, and the log from the first of them on', () => {
  expect(superfluous(...FIRST, ...SECOND, shipped('last', '2026-01-02T12:00'))).toEqual([]);
});

it('forgets what was shipped between two sets: the second one sealed it', () => {
  expect(superfluous(...FIRST, shipped('between', '2026-01-01T12:00'), ...SECOND)).toEqual(['between']);
});

it('forgets data without a set: that was never finished, or is gone', () => {
  const [data, log] = storedSet('broken', '2026-01-01T14:05');
  const [oldData] = storedSet('gone', '2025-12-01T02:05');
  expect(superfluous(oldData, ...FIRST, data, log, ...SECOND)).toEqual(['data-gone', 'data-broken']);
});

it('forgets log from before the oldest set, and none of what came later', () => {
  const [, oldLog] = storedSet('gone', '2025-12-01T02:05');
  const old = shipped('long ago', '2025-12-01T12:00');
  expect(superfluous(oldLog, old, ...FIRST, shipped('last', '2026-01-01T12:00'))).toEqual(['log-gone', 'long ago']);
});

it('never forgets a set, or the data of one', () => {
  const oldest = storedSet('oldest', '2025-01-01T02:05');
  const forgotten = superfluous(...oldest, ...FIRST, ...SECOND);
  expect(forgotten).toEqual([]);
});

it('keeps the last log of a dead spool as long as a set is older, and none of the log before it', () => {
  const dead = [shipped('before', '2026-01-01T12:00'), shipped('last of it', '2026-01-01T12:01')];
  const later = storedSet('later', '2026-01-03T02:05', 'new spool');
  expect(superfluous(...FIRST, ...dead, ...later)).toEqual(['before']);
  // Nothing leads from a later set back to it.
  expect(superfluous(...dead, ...later)).toEqual(['before', 'last of it']);
});

it('keeps two logical copies', () => {
  const dumps = ['2025-12-13T05:30', '2025-12-20T05:30', '2025-12-27T05:30'].map((time, index) =>
    dump(`dump ${index}`, time),
  );
  expect(superfluous(...dumps, ...FIRST)).toEqual(['dump 0']);
});

it('forgets nothing when there is no set: what is there may be all that is left', () => {
  const [data, log] = FIRST;
  expect(superfluous(data, log, shipped('last', '2026-01-01T12:00'), dump('dump', '2026-01-01T13:00'))).toEqual([]);
  expect(superfluous()).toEqual([]);
});

it('takes what is kept from the environment', () => {
  expect(python('prune', 'return prune.KEEP', {}, KEEP).answer).toEqual([
    '--keep-daily=7',
    '--keep-weekly=4',
    '--keep-monthly=3',
  ]);
});
