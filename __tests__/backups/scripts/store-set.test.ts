import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python } from '../../support/python';
import { Restic, type Said } from '../../support/restic';
import { storedSet } from '../../support/snapshots';

let folder: string;
let restic: Restic;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-set-'));
  restic = new Restic(folder);
  mkdirSync(join(folder, 'media', 'local_content'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const storeSet = (body: string, given: object, env: { [name: string]: string }) =>
  python('importlib', `store_set = importlib.import_module("store-set")\n${body}`, given, env);

function uploaded(count: number): void {
  for (let number = 0; number < count; number += 1) {
    writeFileSync(join(folder, 'media', 'local_content', `file-${number}`), 'media');
  }
}

describe('the media of a backup', () => {
  /** Sets of before, which held this many files. */
  const after = (...files: number[]) =>
    files.flatMap((count, index) => {
      const [data, log, set] = storedSet(`${index}`, `2026-01-0${index + 1}T02:05`);
      return [data, log, { ...set, facts: { ...set.facts, files: `${count}` } }];
    });
  const check = (files: number[], env = {}) =>
    storeSet(
      'return store_set.check_media([given["media"]], given["snapshots"])',
      { media: join(folder, 'media'), snapshots: after(...files) },
      env,
    );

  it.each([
    ['more than half are left', 5, [9]],
    ['just half are left', 5, [10]],
    ['there was no set before', 0, []],
    ['there were none before', 0, [0]],
    ['the last set had fewer, whatever one before had', 5, [100, 6]],
  ])('are stored when %s', (_, now, before) => {
    uploaded(now);
    expect(check(before)).toEqual({ answer: now });
  });

  it('fails when more than half of those in the last set are gone', () => {
    uploaded(4);
    const { problem } = check([1, 9]);
    expect(problem).toContain('of 9 media files in the last set only 4 are left');
    expect(problem).toContain('ACCEPT_FEWER_MEDIA=yes');
  });

  it('are stored all the same when somebody says that this is right, and means it', () => {
    expect(check([9], { ACCEPT_FEWER_MEDIA: 'yes' })).toEqual({ answer: 0 });
    expect(check([9], { ACCEPT_FEWER_MEDIA: 'no' }).problem).toContain('only 0 are left');
  });
});

describe('a backup', () => {
  /** Stores a copied database, of which restic says this. */
  const backUp = (stored: Said) => {
    mkdirSync(join(folder, 'work'));
    writeFileSync(join(folder, 'work', 'tags'), 'system=1\nfirst=000000010000000000000005\nbytes=4096\n');
    writeFileSync(join(folder, 'work', 'facts.json'), '{}');
    restic.answer({
      snapshots: { lines: [[]] },
      // By what comes next: of the folders, and of the manifest.
      'backup --retry-lock=5m': stored,
    });
    const env = { ...restic.env(), SERVER_NAME: 'example.org', POSTGRES_IMAGE: 'postgres', SYNAPSE_IMAGE: 'synapse' };
    const run = 'store_set.MEDIA = given["media"]\nstore_set.one_at_a_time()';
    return storeSet(run, { media: join(folder, 'media') }, env);
  };
  const summary = { message_type: 'summary', snapshot_id: 'stored' };
  const unread = (path: string) => ({
    code: 3,
    lines: [{ message_type: 'error', item: join(folder, 'media', 'local_content', path) }, summary],
  });
  const listed = () => restic.calls().filter((call) => call.includes('--tag set,'));

  it('is a set once all is stored', () => {
    uploaded(2);
    expect(backUp({ lines: [summary] })).toEqual({ answer: null });
    expect(listed()).toEqual([expect.stringMatching(/,data=stored,.*,files=2 --stdin/)]);
    expect(restic.calls().at(-1)).toBe(listed()[0]);
    expect(existsSync(join(folder, 'last-set'))).toBe(true);
  });

  it('fails when a file is there that could not be read, and is no set', () => {
    uploaded(2);
    const path = join(folder, 'media', 'local_content', 'file-1');
    expect(backUp(unread('file-1')).problem).toBe(`1 files could not be read, the first is ${path}`);
    expect([listed(), existsSync(join(folder, 'last-set'))]).toEqual([[], false]);
  });

  it('is a set without a file that was deleted while it was read', () => {
    uploaded(2);
    expect(backUp(unread('deleted'))).toEqual({ answer: null });
    expect(listed()).toHaveLength(1);
  });

  it('fails when restic does not say what it has stored', () => {
    expect(backUp({}).problem).toBe('restic did not say what it has stored');
    expect(listed()).toEqual([]);
  });

  it('leaves no copy of the database behind, however it ends', () => {
    backUp({ code: 1 });
    expect(existsSync(join(folder, 'work'))).toBe(false);
  });
});
