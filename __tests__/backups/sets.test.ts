import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIB = join(__dirname, '..', '..', 'lib', 'backups');
const SYSTEM = '7450000000000000001';
const OTHER_SYSTEM = '7450000000000000002';

/** What a set's manifest says, of what is read again. */
interface Made {
  readonly finished: string;
  readonly timeline?: number;
  readonly endLsn?: string;
  readonly system?: string;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sets-'));
  mkdirSync(join(folder, 'sets'));
  // The same script, with a folder of this test for the volume.
  const script = readFileSync(join(LIB, 'sets.sh'), 'utf8');
  writeFileSync(join(folder, 'sets.sh'), script.replaceAll('/backup', folder));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs code as the scripts of backup and restore do. */
function bash(code: string, env: { [name: string]: string } = {}) {
  const prelude = `set -euo pipefail; shopt -s nullglob
    fail() { echo "restore: $*" >&2; exit 1; }
    source ${folder}/sets.sh`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `${prelude}\n${code}`], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    // With a socket there bash believes that it came over the network, and reads ~/.bashrc.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { status, lines: stdout.trimEnd().split('\n'), stderr: stderr.trimEnd() };
}

/** The set, timeline and log that a choice leads to; nothing may be complained of on the way. */
function chosen(choice: { SET?: string; TIME?: string; TIMELINE?: string } = {}) {
  const { status, lines, stderr } = bash(`choose_set; printf '%s\\n' "$chosen" "$timeline" "$wal"`, choice);
  expect([status, stderr]).toEqual([0, '']);
  const [set, timeline, wal] = lines;
  return { set, timeline, wal: wal.replace(`${folder}/wal/`, '') };
}

/** Why a choice is refused. */
function refused(choice: { SET?: string; TIME?: string; TIMELINE?: string } = {}): string {
  const { status, lines, stderr } = bash('choose_set; echo "$chosen"', choice);
  expect([status, lines]).toEqual([1, ['']]);
  return stderr;
}

/** A set with a manifest as backup.sh lays it out; its id is the moment it began. */
function set(id: string, { finished, timeline = 1, endLsn = '0/1000000', system = SYSTEM }: Made): string {
  mkdirSync(join(folder, 'sets', id));
  const text = `{
  "format": 1,
  "id": "${id}",
  "finished": "${finished}",
  "serverName": "example.org",
  "systemIdentifier": "${system}",
  "timeline": ${timeline},
  "firstWal": "000000010000000000000001",
  "endLsn": "${endLsn}",
  "images": {"postgres": "postgres:17", "synapse": "synapse:v1"},
  "databaseBytes": 4096,
  "mediaFiles": 0,
  "checksums": "00"
}
`;
  writeFileSync(join(folder, 'sets', id, 'manifest.json'), text);
  return id;
}

function wal(system: string): string {
  const path = join(folder, 'wal', system);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Says since when which timeline is in use, as `in_use_from_now` does. */
function inUse(notes: string[], system = SYSTEM): void {
  writeFileSync(join(wal(system), 'timelines'), notes.map((note) => `${note}\n`).join(''));
}

/** Archives the history of a timeline, as PostgreSQL does once it runs in it: the branches that led to it. */
function history(timeline: number, branches: string[], system = SYSTEM): void {
  const text = branches.map((branch) => `${branch}\tno recovery target specified\n`).join('\n');
  const name = `${timeline.toString(16).toUpperCase().padStart(8, '0')}.history.gz`;
  writeFileSync(join(wal(system), name), gzipSync(text));
}

const FIRST = '20260101T020000Z';
const SECOND = '20260102T020000Z';
const THIRD = '20260103T020000Z';

/** Two sets of a system that was never restored. */
function twoSets(): void {
  set(FIRST, { finished: '2026-01-01T02:05:00Z', endLsn: '0/3000100' });
  set(SECOND, { finished: '2026-01-02T02:05:00Z', endLsn: '0/7000100' });
}

describe('a system that was never restored', () => {
  beforeEach(twoSets);

  it('comes back from the newest set', () => {
    expect(chosen()).toEqual({ set: SECOND, timeline: '1', wal: SYSTEM });
  });

  it('comes back from a set by its name', () => {
    expect(chosen({ SET: FIRST }).set).toBe(FIRST);
  });

  it.each([
    ['2026-01-02T02:04:59Z', FIRST],
    // A set holds what was there when it was finished.
    ['2026-01-02T02:05:00Z', SECOND],
    ['2026-01-09T00:00:00Z', SECOND],
  ])('comes back to %s from the last set that was finished then', (TIME, set) => {
    expect(chosen({ TIME })).toEqual({ set, timeline: '1', wal: SYSTEM });
  });

  it('comes back to a moment from an earlier set by its name', () => {
    expect(chosen({ SET: FIRST, TIME: '2026-01-09T00:00:00Z' }).set).toBe(FIRST);
  });

  it('fails when the moment was before every set, and names them', () => {
    expect(refused({ TIME: '2026-01-01T02:04:59Z' })).toBe(
      `restore: there is no set that was finished before 2026-01-01T02:04:59Z that fits; there are: ${FIRST} ${SECOND}`,
    );
  });

  it('fails when the named set was finished after the moment', () => {
    expect(refused({ SET: SECOND, TIME: '2026-01-02T00:00:00Z' })).toBe(
      `restore: there is no set ${SECOND} that was finished before 2026-01-02T00:00:00Z that fits; there are: ${FIRST} ${SECOND}`,
    );
  });

  it('fails when there is no set of that name, and says which there are', () => {
    expect(refused({ SET: '20300101T020000Z' })).toBe(
      `restore: there is no set 20300101T020000Z that fits; there are: ${FIRST} ${SECOND}`,
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
  ])('fails when the moment is %p', (TIME) => {
    expect(refused({ TIME })).toBe(`restore: time '${TIME}' is none: write it in UTC, as 2026-01-31T14:05:00Z`);
  });

  it('fails when the timeline asked for is none, and says on which the set lies', () => {
    expect(refused({ SET: SECOND, TIMELINE: '2' })).toBe(
      `restore: there is no set ${SECOND} that fits; ${SECOND} lies on timeline 1, which does not lead to timeline 2; ` +
        `there are: ${FIRST} ${SECOND}`,
    );
  });

  it('takes no set that is still made or already removed', () => {
    for (const name of ['.partial-20260105T020000Z', '.removed-20260105T020000Z']) {
      mkdirSync(join(folder, 'sets', name));
    }
    expect(chosen().set).toBe(SECOND);
  });
});

it('fails when there is no set at all', () => {
  expect(refused()).toBe('restore: there is no set that fits; there are: none at all');
});

describe('a system that was restored to its first set, after its second one was made', () => {
  const RESTORED = '2026-01-02T12:00:00Z';
  beforeEach(() => {
    twoSets();
    // The log of the first set was replayed to 0/5000000, before the end of the second set.
    inUse([`${RESTORED} 2`]);
    history(2, ['1\t0/5000000']);
  });

  it('goes on in the new timeline: the set of the abandoned branch is not taken, though it is the newest', () => {
    expect(chosen()).toEqual({ set: FIRST, timeline: '2', wal: SYSTEM });
  });

  it('takes a set of the new timeline as soon as there is one', () => {
    set(THIRD, { finished: '2026-01-03T02:05:00Z', timeline: 2, endLsn: '0/6000100' });
    expect(chosen()).toEqual({ set: THIRD, timeline: '2', wal: SYSTEM });
  });

  it('a moment before the restore is looked for in the old timeline, and its sets are taken', () => {
    expect(chosen({ TIME: '2026-01-02T11:59:59Z' })).toEqual({ set: SECOND, timeline: '1', wal: SYSTEM });
  });

  it.each([RESTORED, '2026-01-02T12:00:01Z', '2026-01-09T00:00:00Z'])(
    'the moment %s is looked for in the new timeline',
    (TIME) => {
      expect(chosen({ TIME })).toEqual({ set: FIRST, timeline: '2', wal: SYSTEM });
    },
  );

  it('the old timeline is there for who asks for it', () => {
    expect(chosen({ TIMELINE: '1' })).toEqual({ set: SECOND, timeline: '1', wal: SYSTEM });
    expect(chosen({ TIMELINE: '1', TIME: '2026-01-09T00:00:00Z' }).set).toBe(SECOND);
  });

  it('fails when the set of the abandoned branch is asked for by its name alone, and says why', () => {
    expect(refused({ SET: SECOND })).toBe(
      `restore: there is no set ${SECOND} that fits; ${SECOND} lies on timeline 1, which does not lead to timeline 2; ` +
        `there are: ${FIRST} ${SECOND}`,
    );
  });

  it('the set of the abandoned branch comes back by its name and timeline', () => {
    expect(chosen({ SET: SECOND, TIMELINE: '1' })).toEqual({ set: SECOND, timeline: '1', wal: SYSTEM });
  });

  it('a timeline that never ran is passed over: that restore was broken off, or undone at once', () => {
    inUse([`${RESTORED} 2`, '2026-01-02T13:00:00Z 3']);
    expect(chosen()).toEqual({ set: FIRST, timeline: '2', wal: SYSTEM });
    expect(chosen({ TIME: '2026-01-02T14:00:00Z' }).timeline).toBe('2');
  });

  it('after an undo the first timeline goes on, with its sets and without those of the second', () => {
    set(THIRD, { finished: '2026-01-03T02:05:00Z', timeline: 2, endLsn: '0/6000100' });
    inUse([`${RESTORED} 2`, '2026-01-03T12:00:00Z 1']);
    expect(chosen()).toEqual({ set: SECOND, timeline: '1', wal: SYSTEM });
    expect(chosen({ TIME: '2026-01-03T11:00:00Z' })).toEqual({ set: THIRD, timeline: '2', wal: SYSTEM });
  });

  describe('and once more', () => {
    beforeEach(() => {
      set(THIRD, { finished: '2026-01-03T02:05:00Z', timeline: 2, endLsn: '0/6000100' });
      inUse([`${RESTORED} 2`, '2026-01-03T12:00:00Z 3']);
    });

    it('sets before both branches lead there', () => {
      history(3, ['1\t0/5000000', '2\t0/6800000']);
      expect(chosen()).toEqual({ set: THIRD, timeline: '3', wal: SYSTEM });
      expect(chosen({ SET: FIRST })).toEqual({ set: FIRST, timeline: '3', wal: SYSTEM });
    });

    it('sets of a timeline that did not lead there do not', () => {
      // From the first timeline, which had come back by an undo.
      history(3, ['1\t0/8000000']);
      expect(chosen()).toEqual({ set: SECOND, timeline: '3', wal: SYSTEM });
      expect(refused({ SET: THIRD })).toContain(`${THIRD} lies on timeline 2, which does not lead to timeline 3`);
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
])('a set that ends at %s leads past a branch at %s: %p', (endLsn, branch, leads) => {
  set(FIRST, { finished: '2026-01-01T02:05:00Z', endLsn });
  inUse(['2026-01-02T12:00:00Z 2']);
  history(2, [`1\t${branch}`]);
  expect(bash(`leads_to ${FIRST} 2 && echo leads || echo no`)).toEqual({
    status: 0,
    lines: [leads ? 'leads' : 'no'],
    stderr: '',
  });
});

it('timelines beyond the ninth are found by their hexadecimal names', () => {
  set(FIRST, { finished: '2026-01-01T02:05:00Z', timeline: 10 });
  inUse(['2026-01-02T12:00:00Z 11']);
  history(11, ['10\t0/5000000']);
  expect(chosen()).toEqual({ set: FIRST, timeline: '11', wal: SYSTEM });
});

describe('two systems on one volume, the second one begun anew', () => {
  beforeEach(() => {
    twoSets();
    inUse(['2026-01-02T12:00:00Z 2']);
    history(2, ['1\t0/8000000']);
    set(THIRD, { finished: '2026-01-03T02:05:00Z', system: OTHER_SYSTEM });
  });

  it('each has its own log and timelines', () => {
    expect(chosen({ SET: THIRD })).toEqual({ set: THIRD, timeline: '1', wal: OTHER_SYSTEM });
    expect(chosen({ SET: SECOND })).toEqual({ set: SECOND, timeline: '2', wal: SYSTEM });
  });

  it('fails when nobody says which, and names them', () => {
    expect(bash('choose_set')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`${THIRD}: system ${OTHER_SYSTEM}`),
    });
  });

  it('a moment before the second one began brings the first one back', () => {
    expect(chosen({ TIME: '2026-01-02T23:00:00Z' })).toEqual({ set: SECOND, timeline: '2', wal: SYSTEM });
    expect(chosen({ TIME: '2026-01-02T11:00:00Z' })).toEqual({ set: SECOND, timeline: '1', wal: SYSTEM });
  });
});

it('reads in a manifest what backup.sh wrote there', () => {
  const [, heredoc] = /^(cat >"\$work\/manifest\.json" <<JSON\n.*?\nJSON)$/ms.exec(
    readFileSync(join(LIB, 'backup.sh'), 'utf8'),
  ) ?? [''];
  const { status, stderr } = bash(
    `work=$sets/${FIRST}; mkdir -p "$work/base" "$work/media"; touch "$work/media/one" "$work/SHA256SUMS"
    # What PostgreSQL's own programs would say of the copy.
    control() { [[ $2 == "Latest checkpoint's TimeLineID" ]] && echo 3; }
    id=${FIRST} system=${SYSTEM} first_wal=000000030000000000000005 end_lsn=1/A5000100
    ${heredoc}`,
    { SERVER_NAME: 'example.org', POSTGRES_IMAGE: 'postgres:17', SYNAPSE_IMAGE: 'synapse:v1' },
  );
  expect([status, stderr]).toEqual([0, '']);
  const manifest = JSON.parse(readFileSync(join(folder, 'sets', FIRST, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({ format: 1, timeline: 3, endLsn: '1/A5000100', mediaFiles: 1 });
  const { images, ...values } = manifest;
  const keys = Object.keys(values);
  // Whatever the scripts ask for is there.
  const scripts = ['sets.sh', 'backup.sh', 'clear-up.sh', 'restore-database.sh'];
  const asked = scripts.flatMap((name) =>
    [...readFileSync(join(LIB, name), 'utf8').matchAll(/\$\(value \S+ (\w+)\)|; do value \S+ (\w+);/g)].map(
      ([, one, other]) => one ?? other,
    ),
  );
  expect([...new Set(asked)].sort()).toEqual(
    [
      'checksums',
      'databaseBytes',
      'endLsn',
      'finished',
      'firstWal',
      'mediaFiles',
      'systemIdentifier',
      'timeline',
    ].sort(),
  );
  expect(keys).toEqual(expect.arrayContaining(asked));
  expect(bash(keys.map((key) => `value ${FIRST} ${key}`).join('\n')).lines).toEqual(Object.values(values).map(String));
});
