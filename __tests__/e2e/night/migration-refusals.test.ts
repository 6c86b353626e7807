import { kubectl } from '../support/kubectl';
import { fill, SMALL } from '../support/original/filling';
import { OriginalInstallation } from '../support/original/installation';
import { movedSystem } from '../support/original/moved-system';
import { StepsPod } from '../support/original/steps-pod';
import type { Shell } from '../support/shell';

jest.setTimeout(1_200_000);

const NAMESPACE = 'matrix-e2e-migration-refusals';
const STEPS = ['preflight', 'copy', 'update', 'port', 'compare'];
const SQLITE = (sql: string) => `python3 -c "import sqlite3; c = sqlite3.connect('homeserver.db'); ${sql}; c.commit()"`;

/** What is in the way, as commands in /data, and the sentence that says so. */
const FILES: [string, string, string, RegExp][] = [
  ['no database', 'rm homeserver.db*', 'preflight', /homeserver\.db does not exist: set sqlite to the name/],
  ['another file', 'rm homeserver.db*; echo text > homeserver.db', 'preflight', /is not an SQLite database/],
  ['no signing key', 'rm *.signing.key', 'preflight', /does not exist: set signingKey/],
  [
    'another signing key',
    'echo "ed25519 a_other Tm90QUtleU5vdEFLZXlOb3RBS2V5Tm90QUtleU5vdEFLZQ" > $(ls *.signing.key)',
    'preflight',
    /the claim has ed25519:a_other\. Other servers know only that/,
  ],
  ['too little room', 'truncate -s 8T homeserver.db-wal', 'preflight', /the claim has \d+ MB free, and the copy needs/],
  [
    'a program that has the database open',
    `(${SQLITE("c.execute('BEGIN EXCLUSIVE'); import time; time.sleep(20)")} &) >/dev/null 2>&1; sleep 2`,
    'preflight',
    /is in use: another program has it open/,
  ],
  [
    'a damaged page',
    'for page in 30 60 90 120 150; do head -c 2000 /dev/urandom | dd of=homeserver.db bs=4096 seek=$page conv=notrunc; done',
    'copy',
    /the SQLite database is damaged: .*Nothing was changed/,
  ],
  [
    'the data of another server',
    SQLITE(
      "c.execute('PRAGMA foreign_keys=OFF'); c.execute('UPDATE users SET name = replace(name, \\'caritas.local\\', \\'other.example\\')')",
    ),
    'copy',
    /the database is that of the server other\.example, not of caritas\.local/,
  ],
  [
    'a schema too old',
    SQLITE("c.execute('UPDATE schema_version SET version = 60')"),
    'copy',
    /the database has schema 60, and this Synapse takes 72 to/,
  ],
];
/** The same in PostgreSQL: the database for statements that bring it about, and for those that end it. */
const DATABASES: [string, string, string[], string[], RegExp][] = [
  [
    'a table in PostgreSQL',
    'synapse',
    ['CREATE TABLE left_over (id int)'],
    ['DROP TABLE left_over'],
    /PostgreSQL is not empty: it has 1 tables and sequences/,
  ],
  [
    'the wrong locale',
    'postgres',
    ['DROP DATABASE synapse', "CREATE DATABASE synapse OWNER synapse_user TEMPLATE template0 LOCALE 'C.UTF-8'"],
    ['DROP DATABASE synapse', "CREATE DATABASE synapse OWNER synapse_user TEMPLATE template0 LOCALE 'C'"],
    /has encoding UTF8 and locale C\.UTF-8.*but Synapse needs UTF8 and C/,
  ],
];

describe('the move of the original installation is refused', () => {
  let original: OriginalInstallation;
  let shell: Shell;
  let pod: StepsPod;
  let saidOfPostgres: string;
  const inData = async (commands: string) => {
    const { code, stdout, stderr } = await pod.exec('sh', '-c', `cd /data && ${commands}`);
    expect(`${code} ${code ? stderr : ''}`).toBe('0 ');
    return stdout;
  };
  const psql = (database: string, statements: string[]) => {
    const command = ['psql', '-U', 'postgres', '-d', database, ...statements.flatMap((statement) => ['-c', statement])];
    return kubectl(['exec', '-n', NAMESPACE, 'matrix-postgres-0', '-c', 'postgres', '--', ...command]);
  };
  /** The original's PostgreSQL 15, until the new one is in its place. */
  const inOldPostgres = (statement: string) => {
    const psql = ['psql', '-h', '127.0.0.1', '-U', 'synapse', '-d', 'synapse', '-c', statement];
    return kubectl(['exec', '-n', NAMESPACE, 'matrix-postgres-0', '--', ...psql]);
  };
  const sums = () => inData('sha256sum homeserver.db* *.signing.key');

  beforeAll(async () => {
    original = await OriginalInstallation.install(NAMESPACE);
    await fill(original.matrix, SMALL);
    const manifest = movedSystem(NAMESPACE);
    await inOldPostgres('CREATE TABLE left_over (id int)');
    shell = await original.prepareMove(manifest, async () => {
      pod = await StepsPod.start(NAMESPACE, manifest, 'postgres');
      saidOfPostgres = (await pod.run('postgres')).stderr;
      await pod.end();
      const postgres = (...args: string[]) => kubectl([...args, '-n', NAMESPACE, '--timeout=120s']);
      await kubectl(['scale', 'statefulset/matrix-postgres', '--replicas=1', '-n', NAMESPACE]);
      await postgres('rollout', 'status', 'statefulset/matrix-postgres');
      await inOldPostgres('DROP TABLE left_over');
      await kubectl(['scale', 'statefulset/matrix-postgres', '--replicas=0', '-n', NAMESPACE]);
      await postgres('wait', '--for=delete', 'pod/matrix-postgres-0');
    });
    pod = await StepsPod.start(NAMESPACE, manifest);
    await inData('mkdir /tmp/saved && cp homeserver.db* *.signing.key /tmp/saved');
  });
  afterAll(async () => {
    shell?.close();
    await original?.remove();
  });

  it('with a table in PostgreSQL 15', () => {
    expect(saidOfPostgres).toMatch(/REFUSED: the database of PostgreSQL 15 is not empty: it has at least 1 tables/);
  });

  it.each(FILES)('with %s', async (_, fault, step, sentence) => {
    const before = await sums();
    await inData(`{ ${fault}; } >/dev/null 2>&1`);
    const saidBy = async (name: string) => (await pod.run(name)).stderr;
    try {
      for (const earlier of STEPS.slice(0, STEPS.indexOf(step))) {
        expect(await saidBy(earlier)).toBe('');
      }
      expect(await saidBy(step)).toMatch(sentence);
    } finally {
      await inData('pkill -f EXCLUSIVE; rm -f homeserver.db* *.signing.key; cp /tmp/saved/* .');
    }
    expect(await sums()).toBe(before);
  });

  it.each(DATABASES)('with %s', async (_, database, fault, remedy, sentence) => {
    await psql(database, fault);
    expect((await pod.run('preflight')).stderr).toMatch(sentence);
    await psql(database, remedy);
  });

  it('only as long as something is in the way', async () => {
    for (const step of STEPS) {
      expect((await pod.run(step)).stderr).toBe('');
    }
  });
});
