import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'lib', 'backups', 'copy-media.sh');

describe('copy-media.sh', () => {
  let folder: string;
  let sets: string;
  const media = (...path: string[]) => join(folder, 'media', ...path);
  const write = (path: string, text: string) => {
    mkdirSync(join(media(path), '..'), { recursive: true });
    writeFileSync(media(path), text);
  };
  /** Makes a set as backup.sh does, and gives its folder. */
  const backup = (id: string, environment: { [name: string]: string } = {}): string => {
    const partial = join(sets, `.partial-${id}`);
    mkdirSync(partial);
    writeFileSync(join(partial, 'began'), '');
    utimesSync(join(partial, 'began'), Date.now() / 1000 - 5, Date.now() / 1000 - 5);
    execFileSync('bash', [SCRIPT, media(), join(partial, 'media'), sets], { env: { ...process.env, ...environment } });
    execFileSync('bash', ['-c', 'find media -type f -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS'], {
      cwd: partial,
    });
    renameSync(partial, join(sets, id));
    return join(sets, id, 'media');
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'copy-media-'));
    sets = join(folder, 'sets');
    mkdirSync(sets);
    write('local_content/aa/one file', 'one');
    write('local_thumbnails/aa/two', 'two');
    write('remote_content/three', 'three');
    // Long before any set.
    utimesSync(media('local_content/aa/one file'), 1000, 1000);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('copies what is ours, and nothing that other servers still have', () => {
    const set = backup('20260101T000000Z');
    expect(readFileSync(join(set, 'local_content/aa/one file'), 'utf8')).toBe('one');
    expect(readFileSync(join(set, 'local_thumbnails/aa/two'), 'utf8')).toBe('two');
    expect(existsSync(join(set, 'remote_content'))).toBe(false);
  });

  it('links what has not changed to the earlier set', () => {
    const [first, second] = [backup('20260101T000000Z'), backup('20260102T000000Z')];
    const file = 'local_content/aa/one file';
    expect(statSync(join(second, file)).ino).toBe(statSync(join(first, file)).ino);
  });

  it('copies an upload that was half done before, and leaves the earlier set as it is', () => {
    const first = backup('20260101T000000Z');
    write('local_thumbnails/aa/two', 'two, whole');
    const second = backup('20260102T000000Z');
    expect(readFileSync(join(first, 'local_thumbnails/aa/two'), 'utf8')).toBe('two');
    expect(readFileSync(join(second, 'local_thumbnails/aa/two'), 'utf8')).toBe('two, whole');
  });

  it('copies a new file however old it says it is', () => {
    backup('20260101T000000Z');
    write('local_content/bb/moved here', 'old');
    utimesSync(media('local_content/bb/moved here'), 1000, 1000);
    expect(existsSync(join(backup('20260102T000000Z'), 'local_content/bb/moved here'))).toBe(true);
  });

  it('leaves out what has been deleted, in the new set alone', () => {
    const first = backup('20260101T000000Z');
    rmSync(media('local_thumbnails/aa/two'));
    const second = backup('20260102T000000Z');
    expect(existsSync(join(first, 'local_thumbnails/aa/two'))).toBe(true);
    expect(existsSync(join(second, 'local_thumbnails/aa/two'))).toBe(false);
  });

  it('hands nothing on that has rotted in the earlier set', () => {
    const file = 'local_content/aa/one file';
    const first = backup('20260101T000000Z');
    const { atime, mtime } = statSync(join(first, file));
    writeFileSync(join(first, file), 'rot');
    utimesSync(join(first, file), atime, mtime);
    expect(readFileSync(join(backup('20260102T000000Z'), file), 'utf8')).toBe('one');
  });

  it('fails when most media have vanished, and takes it when that is accepted', () => {
    backup('20260101T000000Z');
    rmSync(media('local_content'), { recursive: true });
    rmSync(media('local_thumbnails'), { recursive: true });
    expect(() => backup('20260102T000000Z')).toThrow('of 2 files in the last set only 0 are left');
    rmSync(join(sets, '.partial-20260102T000000Z'), { recursive: true });
    const accepted = backup('20260102T000000Z', { ACCEPT_FEWER_MEDIA: 'yes' });
    expect(existsSync(join(accepted, 'local_content/aa/one file'))).toBe(false);
  });

  it('makes a set without media before the first upload', () => {
    rmSync(media(), { recursive: true });
    expect(existsSync(backup('20260101T000000Z'))).toBe(true);
  });

  it('fails when a file that is there cannot be copied', () => {
    mkdirSync(join(sets, '.partial-x', 'media'), { recursive: true });
    writeFileSync(join(sets, '.partial-x', 'media', 'local_content'), 'a file where a folder must be');
    expect(() =>
      execFileSync('bash', [SCRIPT, media(), join(sets, '.partial-x', 'media'), sets], { stdio: 'pipe' }),
    ).toThrow();
  });
});
