import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { python } from '../../support/python';
import { Restic } from '../../support/restic';

const BLOB = 'b'.repeat(64);
const PACK = 'a'.repeat(64);

let folder: string;
let restic: Restic;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  restic = new Restic(folder);
  mkdirSync(join(folder, 'wal'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function damaged(what: string): string[] {
  return python('verify', `return list(verify.damaged_${what}())`, {}, restic.env()).answer;
}

const error = (message: string) => ({ message_type: 'error', message });
const hit = (path: string, time: string) => ({ path, time: `${time}.123456789Z` });

it('names nothing when all is whole', () => {
  restic.answer({ check: { code: 0 } });
  expect(damaged('snapshots')).toEqual([]);
});

it('names the files of a damaged blob, and in which snapshots they are', () => {
  restic.answer({
    check: {
      code: 1,
      lines: [error(`pack ${PACK} contains 1 errors: [blob ${BLOB}: ciphertext verification failed]`)],
    },
    'find --blob': {
      lines: [
        [
          hit('/media/media_store/local_content/ab', '2026-01-02T02:05:00'),
          hit('/media/media_store/local_content/ab', '2026-01-01T02:05:00'),
          hit('/backup/work/base/PG_VERSION', '2026-01-02T02:05:00'),
        ],
      ],
    },
  });
  expect(damaged('snapshots')).toEqual([
    '/backup/work/base/PG_VERSION in 1 snapshots, from 2026-01-02T02:05:00 to 2026-01-02T02:05:00',
    '/media/media_store/local_content/ab in 2 snapshots, from 2026-01-01T02:05:00 to 2026-01-02T02:05:00',
  ]);
});

it('names the files of a damaged pack when no blob of it is known', () => {
  restic.answer({
    check: { code: 1, lines: [error(`pack ${PACK}: not returned by the store`)] },
    'find --pack': { lines: [[hit('/secrets/one', '2026-01-02T02:05:00')]] },
  });
  expect(damaged('snapshots')).toEqual([
    '/secrets/one in 1 snapshots, from 2026-01-02T02:05:00 to 2026-01-02T02:05:00',
  ]);
});

it('says what restic said when no file is found for it', () => {
  restic.answer({ check: { code: 1, lines: [error('index\n is  broken'), error(`pack ${PACK}: gone`)] } });
  expect(damaged('snapshots')).toEqual([`index is broken; pack ${PACK}: gone`]);
});

it('names log in the spool that is damaged, and none that is whole', () => {
  const whole = gzipSync('log');
  writeFileSync(join(folder, 'wal', '000000010000000000000001.gz'), whole);
  writeFileSync(join(folder, 'wal', '000000010000000000000002.gz'), whole.subarray(0, whole.length - 4));
  writeFileSync(join(folder, 'wal', '000000010000000000000003.gz'), 'no gzip at all');
  const flipped = Buffer.from(whole);
  flipped[flipped.length - 6] ^= 1;
  writeFileSync(join(folder, 'wal', '000000010000000000000004.gz'), flipped);
  writeFileSync(join(folder, 'wal', 'timelines'), 'plain text');
  const named = damaged('log').map((one) => one.slice(folder.length).replace(/ in the spool: .*/, ''));
  expect(named.sort()).toEqual([2, 3, 4].map((number) => `/wal/00000001000000000000000${number}.gz`));
});
