import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ForeignRestore } from '../../../lib';
import { type EpochGuardProps, epochGuard, NOTE_AT_THE_END } from '../../../lib/synapse/start/epoch-guard';
import { emptyChart, external, postgresIn } from '../../support/parts';

function commandOf(props: Partial<EpochGuardProps> = {}): string[] {
  const guard = epochGuard({ image: 'synapse', postgres: external(), env: [], volumeMounts: [], ...props });
  return guard.command ?? [];
}

describe('the container', () => {
  it('empties one-time keys, unless it is told to refuse', () => {
    expect(commandOf()[4]).toBe('empty');
    expect(commandOf({ afterForeignRestore: ForeignRestore.REFUSE_TO_START })[4]).toBe('refuse');
  });

  it('knows how an operator speaks to the database', () => {
    expect(commandOf({ postgres: postgresIn(emptyChart()) })[5]).toBe(
      'kubectl exec matrix-postgres-0 -n $(NAMESPACE) -- psql -U synapse_user synapse',
    );
    expect(commandOf()[5]).toBe('psql "host=db.example.org port=5432 user=synapse_user dbname=synapse"');
  });
});

/** What the driver of the database is to the script here: the database is a file, and some statements do not come through. */
const DRIVER = `
import json, os
class DatabaseError(Exception): pass
Error = DatabaseError
PATH = os.environ["DATABASE"]
class connection:
    closed = autocommit = False
    def cursor(self): return self
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def execute(self, query):
        with open(PATH) as file: db = json.load(file)
        if "COMMENT ON" in query:
            if os.environ.get("BREAK") == "before": os._exit(9)
            db["comment"] = query.split("'")[1]
            if "TRUNCATE" in query: db["keys"] = 0
            with open(PATH, "w") as file: json.dump(db, file)
            if os.environ.get("BREAK") == "after": os._exit(9)
        for part, name in {"to_regclass": "table", "obj_description": "comment", "pg_control": "system", "walfile": "timeline"}.items():
            if part in query:
                if db.get(name) == "forbidden": raise DatabaseError(name)
                self.row = [db.get(name)]
    def fetchone(self): return self.row
def connect(**_):
    if os.environ.get("BREAK") == "away": raise Error("nobody answers")
    return connection()
`;
const YAML = 'safe_load = lambda _: {"database": {"args": {"application_name": "synapse"}}}';

describe('the script', () => {
  /** A database of which a script sees this much. */
  type Database = { [name: string]: string | number | null };
  const NEW: Database = { table: 'there', comment: null, system: '1', timeline: '00000001', keys: 50 };
  let folder: string;
  const path = (name: string) => join(folder, name);
  const json = (name: string) => JSON.parse(readFileSync(path(name), 'utf8'));
  const database = (): Database => json('database.json');
  const seen = () => json('data/database-epoch.json');
  const put = (state: Database) => writeFileSync(path('database.json'), JSON.stringify(state));
  const putFile = (text: string) => writeFileSync(path('data/database-epoch.json'), text);

  const run = (args: string[], broken = '') => {
    const { status, stdout, stderr } = spawnSync(
      'python3',
      [path('epoch-guard.py'), args[0], '/dev/null', ...args.slice(1)],
      {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, DATABASE: path('database.json'), BREAK: broken, PYTHONDONTWRITEBYTECODE: '1' },
      },
    );
    return { status, said: stdout + stderr };
  };
  const check = (broken?: string) => run(['check', 'empty', 'PSQL'], broken);
  const refusing = () => run(['check', 'refuse', 'PSQL']);
  const end = (broken?: string) => run(['note'], broken);
  const keys = () => database().keys;
  const FINE = { status: 0, said: 'epoch-guard: the database is as Synapse left it\n' };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'epoch-'));
    mkdirSync(path('data'));
    const text = readFileSync(join(__dirname, '../../../lib/synapse/start/epoch-guard.py'), 'utf8');
    writeFileSync(path('epoch-guard.py'), text.replace('"/data"', `"${path('data')}"`));
    writeFileSync(path('database.py'), readFileSync(join(__dirname, '../../../lib/synapse/start/database.py')));
    writeFileSync(path('psycopg2.py'), DRIVER);
    writeFileSync(path('yaml.py'), YAML);
    put(NEW);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has nothing to do before there are tables, and forgets what was before', () => {
    put({ ...NEW, table: null });
    putFile('{"token": "old"}');
    expect(check()).toEqual({ status: 0, said: 'epoch-guard: the database is new\n' });
    expect(existsSync(path('data/database-epoch.json'))).toBe(false);
    expect(end()).toEqual({ status: 0, said: '' });
    expect(existsSync(path('data/database-epoch.json'))).toBe(false);
  });

  it('begins at the first end, or at the first start that finds tables', () => {
    expect(end()).toEqual({ status: 0, said: '' });
    expect(database().comment).toBe(`epoch ${seen().token}`);
    put(NEW);
    rmSync(path('data/database-epoch.json'));
    expect(check()).toEqual(FINE);
    expect(database().comment).toBe(`epoch ${seen().token}`);
    expect(keys()).toBe(50);
  });

  it('has another token after each start and each end', () => {
    const tokens = [check, end, check, check, end].map((step) => {
      expect(step().status).toBe(0);
      return seen().token;
    });
    expect(new Set(tokens).size).toBe(5);
    expect(keys()).toBe(50);
    expect(seen()).toEqual({ system: '1', timeline: '00000001', token: tokens[4], running: false });
  });

  it('finds no fault in a Synapse that was killed', () => {
    check();
    expect(seen().running).toBe(true);
    expect(check()).toEqual(FINE);
  });

  it.each(['before', 'after'])('finds no fault when it was broken off %s the database had the new token', (moment) => {
    for (const step of [check, end, end, check, check]) {
      expect(step(moment).status).toBe(9);
      expect(step('before').status).toBe(9);
    }
    expect(check()).toEqual(FINE);
    expect(keys()).toBe(50);
  });

  it('lets Synapse end when the database is away, and finds no fault then', () => {
    check();
    expect(end('away')).toEqual({ status: 0, said: expect.stringContaining('nobody answers') });
    expect(check()).toEqual(FINE);
  });

  it('takes another timeline after an orderly end for a failover', () => {
    check();
    end();
    put({ ...database(), timeline: '00000002' });
    expect(check()).toEqual({ status: 0, said: 'epoch-guard: timeline 00000002, by a failover\n' });
    put({ ...database(), timeline: '00000003' });
    end();
    expect(check()).toEqual(FINE);
    expect(keys()).toBe(50);
  });

  it('compares no more than the server tells', () => {
    put({ ...NEW, system: 'forbidden', timeline: 'forbidden' });
    check();
    expect(check()).toEqual(FINE);
    expect(seen()).toMatchObject({ system: null, timeline: null });
    put({ ...database(), system: '1', timeline: '00000001' });
    expect(check()).toEqual(FINE);
  });

  const CHANGES: [string, (before: Database) => void, string][] = [
    ['an older state', put, 'its token is '],
    ['a state from before the guard', () => put(NEW), 'its token is missing, the last one was '],
    ['another server', () => put({ ...database(), system: '2' }), 'it is system 2, the last one was 1'],
    [
      'another timeline after a kill',
      () => put({ ...database(), timeline: '00000002' }),
      'Synapse did not end in order',
    ],
    ['a claim that is new', () => rmSync(path('data/database-epoch.json')), 'the last one was not kept'],
    ['a file that is damaged', () => putFile('{"tok'), 'the last one was not kept'],
  ];

  describe.each(CHANGES)('notices %s', (_, change, reason) => {
    beforeEach(() => {
      check();
      end();
      const before = database();
      check();
      change(before);
    });

    it('and empties the keys once', () => {
      const { status, said } = check();
      expect(status).toBe(0);
      expect(said).toMatch(/^epoch-guard: WARNING: [^\n]*One-time keys are emptied\n$/);
      expect(said).toContain(reason);
      expect(keys()).toBe(0);
      put({ ...database(), keys: 20 });
      expect(check()).toEqual(FINE);
      expect(keys()).toBe(20);
    });

    it('and empties them in the end when it was broken off', () => {
      expect(check('before').status).toBe(9);
      expect(check('before').status).toBe(9);
      expect(keys()).toBe(50);
      check();
      expect(keys()).toBe(0);
    });

    it('and refuses, as often as it is asked, until it is accepted', () => {
      for (const { status, said } of [refusing(), refusing()]) {
        expect(status).toBe(1);
        expect(said).toContain(reason);
        expect(said).toContain(`PSQL -c "COMMENT ON TABLE e2e_one_time_keys_json IS 'accepted'"`);
      }
      expect(keys()).toBe(50);
      put({ ...database(), comment: 'accepted' });
      expect(refusing()).toEqual({ status: 0, said: expect.stringContaining('was accepted') });
      expect(keys()).toBe(0);
      expect(refusing()).toEqual(FINE);
    });
  });

  it.each(CHANGES.slice(0, 3))('does not forget %s when Synapse lived through it', (_, change, reason) => {
    check();
    const before = database();
    end();
    check();
    change(before);
    expect(end()).toEqual({ status: 0, said: '' });
    expect(check().said).toContain(reason);
  });

  it('knows of a restore, and never refuses it', () => {
    check();
    put(NEW);
    putFile('{"explained": "20260131T020000Z"}');
    end();
    expect(refusing()).toEqual({
      status: 0,
      said: 'epoch-guard: after the restore of 20260131T020000Z: one-time keys are emptied\n',
    });
    expect(keys()).toBe(0);
    expect(refusing()).toEqual(FINE);
  });

  it('is no reason to stay down when the volume is full, but for keys that must be emptied', () => {
    check();
    mkdirSync(path('data/database-epoch.json.new'));
    expect(check()).toEqual({ status: 0, said: expect.stringContaining('but it is not noted: ') });
    put(NEW);
    expect(check()).toEqual({ status: 1, said: expect.stringContaining('Synapse does not start') });
    rmSync(path('data/database-epoch.json.new'), { recursive: true });
    expect(check().said).toContain('WARNING');
    expect(keys()).toBe(0);
  });

  it('is tried again when the database is away', () => {
    expect(check('away')).toEqual({ status: 1, said: expect.stringContaining('nobody answers') });
  });

  it('is what the pod runs', () => {
    expect(commandOf().slice(0, 3)).toEqual(['python3', '/config/epoch-guard.py', 'check']);
    expect(NOTE_AT_THE_END.preStop?.exec?.command?.[2]).toBe('note');
  });
});
