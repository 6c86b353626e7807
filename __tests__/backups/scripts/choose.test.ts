import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python } from '../../support/python';
import { LogFolder, SYSTEM, setOf } from '../../support/snapshots';

const OTHER_SYSTEM = '7450000000000000002';
const FIRST = '20260101T020000Z';
const SECOND = '20260102T020000Z';
const THIRD = '20260103T020000Z';

interface Choice {
  readonly set?: string;
  readonly time?: string;
  readonly timeline?: string;
}

let folder: string;
let further: string;
let log: LogFolder;
let sets: { [name: string]: string }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  further = mkdtempSync(join(tmpdir(), 'shipped-'));
  log = new LogFolder(folder);
  sets = [];
});
afterEach(() => [folder, further].map((path) => rmSync(path, { recursive: true })));

function made(id: string, facts: { [name: string]: string | number }): void {
  sets.push(setOf(id, facts));
}

function choose(choice: Choice) {
  return python(
    'sets',
    `chosen, timeline = sets.choose(given["sets"], lambda system: sets.Log(given["folders"], system), given["choice"])
return {"set": chosen["id"], "timeline": timeline, "system": chosen["system"]}`,
    { sets, choice, folders: [folder, further] },
  );
}

/** The set, timeline and database system that a choice leads to. */
function chosen(choice: Choice = {}) {
  const { answer, problem } = choose(choice);
  expect(problem).toBeUndefined();
  return answer;
}

/** Why a choice is refused. */
function refused(choice: Choice = {}): string {
  const { answer, problem } = choose(choice);
  expect(answer).toBeUndefined();
  return problem ?? '';
}

/** Two sets of a system that was never restored. */
function twoSets(): void {
  made(FIRST, { finished: '2026-01-01T02:05:00Z', end: '0/3000100' });
  made(SECOND, { finished: '2026-01-02T02:05:00Z', end: '0/7000100' });
}

describe('a system that was never restored', () => {
  beforeEach(twoSets);

  it('comes back from the newest set', () => {
    expect(chosen()).toEqual({ set: SECOND, timeline: 1, system: SYSTEM });
  });

  it('comes back from a set by its name', () => {
    expect(chosen({ set: FIRST }).set).toBe(FIRST);
  });

  it.each([
    ['2026-01-02T02:04:59Z', FIRST],
    // A set holds what was there when it was finished.
    ['2026-01-02T02:05:00Z', SECOND],
    ['2026-01-09T00:00:00Z', SECOND],
  ])('comes back to %s from the last set that was finished then', (time, set) => {
    expect(chosen({ time })).toEqual({ set, timeline: 1, system: SYSTEM });
  });

  it('comes back to a moment from an earlier set by its name', () => {
    expect(chosen({ set: FIRST, time: '2026-01-09T00:00:00Z' }).set).toBe(FIRST);
  });

  it('fails when the moment was before every set, and names them', () => {
    expect(refused({ time: '2026-01-01T02:04:59Z' })).toBe(
      `there is no set that was finished before 2026-01-01T02:04:59Z that fits; there are: ${FIRST} ${SECOND}`,
    );
  });

  it('fails when the named set was finished after the moment', () => {
    expect(refused({ set: SECOND, time: '2026-01-02T00:00:00Z' })).toBe(
      `there is no set ${SECOND} that was finished before 2026-01-02T00:00:00Z that fits; there are: ${FIRST} ${SECOND}`,
    );
  });

  it('fails when there is no set of that name, and says which there are', () => {
    expect(refused({ set: '20300101T020000Z' })).toBe(
      `there is no set 20300101T020000Z that fits; there are: ${FIRST} ${SECOND}`,
    );
  });

  it.each([
    'yesterday',
    '2026-01-02',
    '2026-01-02 02:05:00',
    '2026-01-02T02:05:00',
    '2026-01-02T02:05:00+01:00',
    '2026-02-30T02:05:00Z',
    '2026-01-02T25:00:00Z',
    '2026-1-2T02:05:00Z',
  ])('fails when the moment is %p', (time) => {
    expect(refused({ time })).toBe(`time '${time}' is none: write it in UTC, as 2026-01-31T14:05:00Z`);
  });

  it.each(['two', '-1', '0', '1.5'])('fails when the timeline is %p', (timeline) => {
    expect(refused({ timeline })).toBe(`timeline '${timeline}' is none: write a number, such as 1`);
  });

  it('fails when the timeline asked for is none, and says on which the set lies', () => {
    expect(refused({ set: SECOND, timeline: '2' })).toBe(
      `there is no set ${SECOND} that fits; ${SECOND} lies on timeline 1, which does not lead to timeline 2; ` +
        `there are: ${FIRST} ${SECOND}`,
    );
  });
});

it('fails when there is no set at all', () => {
  expect(refused()).toBe('there is no set that fits; there are: none at all');
});

describe('a system that was restored to its first set, after its second one was made', () => {
  const RESTORED = '2026-01-02T12:00:00Z';
  beforeEach(() => {
    twoSets();
    // The log of the first set was replayed to 0/5000000, before the end of the second set.
    log.inUse([`${RESTORED} 2`]);
    log.history(2, ['1\t0/5000000']);
  });

  it('goes on in the new timeline: the set of the abandoned one is not taken, though it is the newest', () => {
    expect(chosen()).toEqual({ set: FIRST, timeline: 2, system: SYSTEM });
  });

  it('is known from what was shipped, when the claim with the spool is lost', () => {
    rmSync(join(folder, SYSTEM), { recursive: true });
    const log = new LogFolder(further);
    log.inUse([`${RESTORED} 2`]);
    log.history(2, ['1\t0/5000000']);
    expect(chosen()).toEqual({ set: FIRST, timeline: 2, system: SYSTEM });
  });

  it('takes a set of the new timeline as soon as there is one', () => {
    made(THIRD, { finished: '2026-01-03T02:05:00Z', timeline: 2, end: '0/6000100' });
    expect(chosen()).toEqual({ set: THIRD, timeline: 2, system: SYSTEM });
  });

  it('a moment before the restore is looked for in the timeline in use then, and its sets are taken', () => {
    expect(chosen({ time: '2026-01-02T11:59:59Z' })).toEqual({ set: SECOND, timeline: 1, system: SYSTEM });
  });

  it.each([RESTORED, '2026-01-02T12:00:01Z', '2026-01-09T00:00:00Z'])(
    'the moment %s is looked for in the new timeline',
    (time) => {
      expect(chosen({ time })).toEqual({ set: FIRST, timeline: 2, system: SYSTEM });
    },
  );

  it('the old timeline is there for who asks for it', () => {
    expect(chosen({ timeline: '1' })).toEqual({ set: SECOND, timeline: 1, system: SYSTEM });
    expect(chosen({ timeline: '1', time: '2026-01-09T00:00:00Z' }).set).toBe(SECOND);
  });

  it('fails when the set of the abandoned timeline is asked for by its name alone, and says why', () => {
    expect(refused({ set: SECOND })).toBe(
      `there is no set ${SECOND} that fits; ${SECOND} lies on timeline 1, which does not lead to timeline 2; ` +
        `there are: ${FIRST} ${SECOND}`,
    );
  });

  it('the set of the abandoned timeline comes back by its name and timeline', () => {
    expect(chosen({ set: SECOND, timeline: '1' })).toEqual({ set: SECOND, timeline: 1, system: SYSTEM });
  });

  it('a timeline that never ran is passed over: that restore was broken off, or undone at once', () => {
    log.inUse([`${RESTORED} 2`, '2026-01-02T13:00:00Z 3']);
    expect(chosen()).toEqual({ set: FIRST, timeline: 2, system: SYSTEM });
    expect(chosen({ time: '2026-01-02T14:00:00Z' }).timeline).toBe(2);
  });

  it('after an undo the first timeline goes on, with its sets and without those of the second', () => {
    made(THIRD, { finished: '2026-01-03T02:05:00Z', timeline: 2, end: '0/6000100' });
    log.inUse([`${RESTORED} 2`, '2026-01-03T12:00:00Z 1']);
    expect(chosen()).toEqual({ set: SECOND, timeline: 1, system: SYSTEM });
    expect(chosen({ time: '2026-01-03T11:00:00Z' })).toEqual({ set: THIRD, timeline: 2, system: SYSTEM });
  });

  describe('and once more', () => {
    beforeEach(() => {
      made(THIRD, { finished: '2026-01-03T02:05:00Z', timeline: 2, end: '0/6000100' });
      log.inUse([`${RESTORED} 2`, '2026-01-03T12:00:00Z 3']);
    });

    it('sets before both branches lead there', () => {
      log.history(3, ['1\t0/5000000', '2\t0/6800000']);
      expect(chosen()).toEqual({ set: THIRD, timeline: 3, system: SYSTEM });
      expect(chosen({ set: FIRST })).toEqual({ set: FIRST, timeline: 3, system: SYSTEM });
    });

    it('sets of a timeline that did not lead there do not', () => {
      // From the first timeline, which had come back by an undo.
      log.history(3, ['1\t0/8000000']);
      expect(chosen()).toEqual({ set: SECOND, timeline: 3, system: SYSTEM });
      expect(refused({ set: THIRD })).toContain(`${THIRD} lies on timeline 2, which does not lead to timeline 3`);
    });
  });
});

// Places in the log are two hexadecimal numbers: as text, or with the second one alone, the order would be another.
it.each([
  ['0/5000000', '0/5000000', true],
  ['0/5000001', '0/5000000', false],
  ['0/FFFFFFFF', '1/0', true],
  ['1/0', '0/FFFFFFFF', false],
  ['9/0', '10/0', true],
  ['A/28', '9/28', false],
])('a set that ends at %s leads past a branch at %s: %p', (end, branch, leads) => {
  made(FIRST, { finished: '2026-01-01T02:05:00Z', end });
  log.inUse(['2026-01-02T12:00:00Z 2']);
  log.history(2, [`1\t${branch}`]);
  expect(choose({}).answer !== undefined).toBe(leads);
});

it('timelines beyond the ninth are found by their hexadecimal names', () => {
  made(FIRST, { finished: '2026-01-01T02:05:00Z', timeline: 10 });
  log.inUse(['2026-01-02T12:00:00Z 11']);
  log.history(11, ['10\t0/5000000']);
  expect(chosen()).toEqual({ set: FIRST, timeline: 11, system: SYSTEM });
});

describe('two systems in one repository, the second one begun anew', () => {
  beforeEach(() => {
    twoSets();
    log.inUse(['2026-01-02T12:00:00Z 2']);
    log.history(2, ['1\t0/8000000']);
    made(THIRD, { finished: '2026-01-03T02:05:00Z', system: OTHER_SYSTEM });
  });

  it('each has its own log and timelines', () => {
    expect(chosen({ set: THIRD })).toEqual({ set: THIRD, timeline: 1, system: OTHER_SYSTEM });
    expect(chosen({ set: SECOND })).toEqual({ set: SECOND, timeline: 2, system: SYSTEM });
  });

  it('fails when nobody says which, and names them', () => {
    expect(refused()).toContain('there are sets of several database systems: choose one by set= or time=');
    expect(refused()).toContain(`${THIRD}: database system ${OTHER_SYSTEM}`);
  });

  it('a moment before the second one began brings the first one back', () => {
    expect(chosen({ time: '2026-01-02T23:00:00Z' })).toEqual({ set: SECOND, timeline: 2, system: SYSTEM });
    expect(chosen({ time: '2026-01-02T11:00:00Z' })).toEqual({ set: SECOND, timeline: 1, system: SYSTEM });
  });
});
