import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { python } from '../../support/python';
import { type Snapshot, SYSTEM, storedSet } from '../../support/snapshots';

const OTHER_SYSTEM = '7450000000000000002';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const spool = (body: string, given: unknown = {}) =>
  python('spool', body, given, { BACKUP: folder, RESTIC_REPOSITORY: '/nowhere' });

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, 'wal', path)), { recursive: true });
    writeFileSync(join(folder, 'wal', path), 'log');
  }
}

const left = () =>
  readdirSync(join(folder, 'wal'), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(`${folder}/wal/`.length))
    .sort();

const segment = (number: string, timeline = '00000001', system = SYSTEM) =>
  `${system}/${timeline}00000000/${timeline}00000000${number}`;

/** Forgets what is there, as after a set of this first file of log. */
function forget(first = '000000010000000000000005') {
  return spool(`spool.forget(spool.files(), given["system"], given["first"])`, { system: SYSTEM, first });
}

it('has a name of its own that stays, and another one on another claim', () => {
  const { answer } = spool('return [spool.name(), spool.name()]');
  expect(answer[0]).toMatch(/^[0-9a-f]{12}$/);
  expect(answer[1]).toBe(answer[0]);
  expect(spool('return spool.name()').answer).toBe(answer[0]);
  rmSync(join(folder, 'wal'), { recursive: true });
  expect(spool('return spool.name()').answer).not.toBe(answer[0]);
  expect(left()).toEqual(['spool']);
});

it('holds log that is there whole, not what is still written', () => {
  write(`${segment('00000005')}.gz`, `${SYSTEM}/0000000100000000/.000000010000000000000006.gz`);
  expect(Object.keys(spool('return spool.files()').answer)).toEqual([`${folder}/wal/${segment('00000005')}.gz`]);
});

it('forgets the log from before a set, and none that the set needs', () => {
  write(`${segment('00000004')}.gz`, `${segment('00000005')}.gz`, `${segment('00000006')}.gz`);
  forget();
  expect(left()).toEqual([`${segment('00000005')}.gz`, `${segment('00000006')}.gz`]);
});

it('goes by the place in the log, whatever the timeline', () => {
  write(`${segment('00000004', '00000002')}.gz`, `${segment('00000006')}.gz`, `${segment('00000006', '00000002')}.gz`);
  forget('000000020000000000000005');
  expect(left()).toEqual([`${segment('00000006')}.gz`, `${segment('00000006', '00000002')}.gz`]);
});

it('forgets notes of backups and unfinished log with the file that they belong to', () => {
  write(`${segment('00000004')}.00000028.backup.gz`, `${segment('00000004')}.partial.gz`);
  write(`${segment('00000006')}.00000028.backup.gz`);
  forget();
  expect(left()).toEqual([`${segment('00000006')}.00000028.backup.gz`]);
});

it('forgets log of other database systems, which ended', () => {
  write(`${segment('00000009', '00000001', OTHER_SYSTEM)}.gz`, `${segment('00000005')}.gz`);
  forget();
  expect(left()).toEqual([`${segment('00000005')}.gz`]);
});

it('keeps histories and timelines of every system: they say where a moment is', () => {
  const kept = [SYSTEM, OTHER_SYSTEM].flatMap((system) => [`${system}/00000002.history.gz`, `${system}/timelines`]);
  write(...kept, `${segment('00000001')}.gz`);
  forget();
  expect(left()).toEqual([...kept].sort());
});

it('removes folders that are empty then, and none of the others', () => {
  write(`${segment('00000004')}.gz`, `${segment('00000006', '00000002')}.gz`);
  forget();
  expect(existsSync(join(folder, 'wal', SYSTEM, '0000000100000000'))).toBe(false);
  expect(existsSync(join(folder, 'wal', SYSTEM, '0000000200000000'))).toBe(true);
});

it('forgets nothing that came after it was stored', () => {
  write(`${segment('00000003')}.gz`);
  spool(
    `there = spool.files()
open(given["late"], "w").close()
spool.forget(there, given["system"], "000000010000000000000005")`,
    { system: SYSTEM, late: join(folder, 'wal', SYSTEM, '0000000100000000', '000000010000000000000004.gz') },
  );
  expect(left()).toEqual([`${segment('00000004')}.gz`]);
});

describe('a repository', () => {
  /** What is said of these snapshots by whoever wants to write beside them. */
  const refused = (...snapshots: Snapshot[]) => spool('spool.check_ours(given)', snapshots).problem;
  const mine = () => storedSet('mine', '2026-01-01T02:05', spool('return spool.name()').answer);
  const strange = storedSet('strange', '2026-01-02T02:05', 'elsewhere');

  it('is used when nobody else has written to it', () => {
    expect(refused()).toBeUndefined();
    expect(refused(...mine())).toBeUndefined();
  });

  it('fails when another installation writes to it, be it of the same name', () => {
    expect(refused(...mine(), ...strange)).toContain('another installation of matrix writes to the repository');
  });

  it('is gone on with after a restore from it, and fails when somebody writes to it later', () => {
    mkdirSync(join(folder, 'wal'), { recursive: true });
    writeFileSync(join(folder, 'predecessors'), 'elsewhere\n');
    expect(refused(...strange, ...mine())).toBeUndefined();
    expect(refused(...strange, ...storedSet('later', '2026-01-03T02:05', 'third'))).toContain(
      'its log has the name third',
    );
  });

  it('is gone on with where others have ended before this one began', () => {
    expect(refused(...storedSet('before', '2025-12-31T02:05', 'elsewhere'), ...mine())).toBeUndefined();
  });

  it("is gone on with by an operator's word, in the words of the message", () => {
    const [, command] = /-- (sh -c '.*')$/.exec(refused(...strange) ?? '') ?? [];
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe('');
    expect(refused(...strange)).toBeUndefined();
  });
});
