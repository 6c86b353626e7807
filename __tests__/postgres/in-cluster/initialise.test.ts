import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../../lib/postgres/in-cluster/initialise.sh');

describe('the start of PostgreSQL', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);
  /** Stands in for a program of the image. */
  const program = (name: string, text: string) => {
    writeFileSync(path(`bin/${name}`), `#!/bin/sh\n${text}\n`);
    chmodSync(path(`bin/${name}`), 0o755);
  };
  const start = () => {
    const { status, stderr } = spawnSync('bash', [SCRIPT], {
      encoding: 'utf8',
      env: { PATH: `${path('bin')}:${process.env.PATH}`, PGDATA: path('volume/pgdata'), PG_MAJOR: '17' },
    });
    return { status, stderr };
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'initialise-'));
    mkdirSync(path('bin'));
    mkdirSync(path('volume/pgdata'), { recursive: true });
    writeFileSync(path('volume/pgdata/PG_VERSION'), '17\n');
    program('id', 'echo 70');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('changes nothing on a volume that can be written', () => {
    mkdirSync(path('volume/lost+found'));
    expect(start()).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(path('volume')).sort()).toEqual(['lost+found', 'pgdata']);
    expect(existsSync(path('volume/pgdata/.write-test'))).toBe(false);
  });

  it.each([
    ['the image has no user 70', 'whoami', 'exit 1', 'this image has no user 70: use an image of PostgreSQL on Alpine'],
    [
      'the volume is not given to the group',
      'touch',
      'echo "touch: /x: Permission denied" >&2; exit 1',
      'cannot be written by user 70 and group 70: it belongs to ',
    ],
    [
      'the volume is read-only',
      'touch',
      'echo "touch: /x: Read-only file system" >&2; exit 1',
      'is read-only: check its PersistentVolume',
    ],
  ])('fails with one sentence when %s', (_, name, text, sentence) => {
    program(name, text);
    const { status, stderr } = start();
    expect(status).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('goes on with a warning when the volume is full', () => {
    program('touch', 'echo "touch: /x: No space left on device" >&2; exit 1');
    program('df', 'printf "Filesystem 1M Used Available\\n/dev/x 1000 990 10\\n"');
    const { status, stderr } = start();
    expect(status).toBe(0);
    expect(stderr).toContain('has only 10 MiB left');
    expect(stderr).toContain('docs/how-to/grow-a-claim.md');
  });
});
