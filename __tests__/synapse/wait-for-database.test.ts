import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The driver: connections fail while there is a file with the reason, and somebody else is connected while there is another one. */
const DRIVER = `
import os
class OperationalError(Exception): pass
class connection:
    autocommit = False
    def cursor(self): return self
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def execute(self, *_): pass
    def fetchone(self): return (1, "10.0.0.9") if os.path.exists("other") else (0, None)
    def close(self): pass
def connect(**_):
    if os.path.exists("refusal"): raise OperationalError(open("refusal").read())
    return connection()
`;
const YAML = 'safe_load = lambda _: {"database": {"args": {"application_name": "synapse"}}}';

describe('waiting for the database', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);

  /** Starts the script, and takes the reason away when it was given. */
  const run = (...command: string[]): Promise<{ status: number | null; said: string }> => {
    const child = spawn('python3', [path('wait-for-database.py'), '/dev/null', ...command], {
      cwd: folder,
      env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1' },
    });
    let said = '';
    child.stdout.on('data', (bytes) => {
      said += bytes;
      for (const name of ['refusal', 'other']) {
        rmSync(path(name), { force: true });
      }
    });
    return new Promise((done) => child.on('close', (status) => done({ status, said })));
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'wait-'));
    for (const name of ['wait-for-database.py', 'database.py']) {
      writeFileSync(path(name), readFileSync(join(__dirname, '../../lib/synapse', name)));
    }
    writeFileSync(path('psycopg2.py'), DRIVER);
    writeFileSync(path('yaml.py'), YAML);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('ends at once when Synapse is let in, and alone', async () => {
    expect(await run()).toEqual({ status: 0, said: '' });
  });

  it('says what it waits for: that the password may have just changed', async () => {
    writeFileSync(path('refusal'), 'FATAL: password authentication failed for user "synapse_user"');
    expect(await run()).toEqual({
      status: 0,
      said: expect.stringMatching(
        /^waiting for the database: FATAL: .* takes it from its Secret within two minutes\n$/,
      ),
    });
  });

  it('waits for another Synapse to end', async () => {
    writeFileSync(path('other'), '');
    expect((await run()).said).toContain('another Synapse is connected from 10.0.0.9; it must end first');
  });

  it('runs a command in its place, but only then', async () => {
    writeFileSync(path('refusal'), 'nobody answers');
    const { status, said } = await run('/bin/sh', '-c', 'echo "$0 $1"; exit 3', 'a  b', '$HOME');
    expect([status, said]).toEqual([3, 'waiting for the database: nobody answers\na  b $HOME\n']);
  });
});
