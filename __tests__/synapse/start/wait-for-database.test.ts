import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The driver: connections fail while there is a file with the reason, and somebody else is connected while there is another one. What was
 * asked is in a file too.
 */
const DRIVER = `
import json, os
class OperationalError(Exception): pass
class connection:
    autocommit = False
    def cursor(self): return self
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def execute(self, *asked):
        with open("asked", "w") as file: json.dump([self.name, *asked], file)
    def fetchone(self): return (1, "10.0.0.9") if os.path.exists("other") else (0, None)
    def close(self): pass
def connect(application_name, **_):
    if os.path.exists("refusal"): raise OperationalError(open("refusal").read())
    opened = connection()
    opened.name = application_name
    return opened
`;
const YAML = 'safe_load = lambda _: {"database": {"args": {"application_name": "synapse"}}}';

describe('waiting for the database', () => {
  let folder: string;
  const path = (name: string) => join(folder, name);

  /** Starts the script, and takes the reason away when it was given. */
  const run = (...command: string[]): Promise<{ status: number | null; said: string }> => {
    const child = spawn('python3', [path('wait-for-database.py'), '/dev/null', ...command], {
      cwd: folder,
      env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', VOLUME: folder },
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
      writeFileSync(path(name), readFileSync(join(__dirname, '../../../lib/synapse/start', name)));
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

  it('takes for another Synapse who has its name in this database, and so never itself', async () => {
    await run();
    const [ownName, query, values] = JSON.parse(readFileSync(path('asked'), 'utf8'));
    const [, conditions] = /^SELECT count\(\*\), .* FROM pg_stat_activity WHERE (.*)$/.exec(query) ?? [];
    expect(conditions?.split(' AND ').sort()).toEqual(['application_name = %s', 'datname = current_database()']);
    expect([ownName, values]).toEqual(['wait-for-database', ['synapse']]);
  });

  it('runs a command in its place, but only then', async () => {
    writeFileSync(path('refusal'), 'nobody answers');
    const { status, said } = await run('/bin/sh', '-c', 'echo "$0 $1"; exit 3', 'a  b', '$HOME');
    expect([status, said]).toEqual([3, 'waiting for the database: nobody answers\na  b $HOME\n']);
  });

  it('runs a command alone on the volume: a second one waits for the first to end', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => run('/bin/sh', '-c', 'date +%s%N; sleep 1; date +%s%N')),
    );
    const times = [first, second].map((one) => one?.said.match(/\d{15,}/g)?.map(Number) ?? []).sort();
    const [[, endOfFirst = 0] = [], [startOfSecond = 0] = []] = times;
    expect(startOfSecond).toBeGreaterThan(endOfFirst);
    const waiting = 'waiting for the volume: another Synapse has it; it must end first';
    expect([first, second].filter((one) => one?.said.includes(waiting))).toHaveLength(1);
  });

  it('runs it with a warning where the volume cannot be locked', async () => {
    mkdirSync(path('synapse.lock'));
    const { status, said } = await run('/bin/true');
    expect([status, said]).toEqual([0, expect.stringMatching(/^WARNING: .* cannot be locked.*Is a directory.*\n$/)]);
  });
});
