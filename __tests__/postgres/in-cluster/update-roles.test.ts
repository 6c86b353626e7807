import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../../lib/postgres/in-cluster/update-roles.sh');
/** Stands in for PostgreSQL's programs: each call is a line of JSON. */
const PSQL = `#!/usr/bin/env python3
import json, os, sys
with open("calls", "a") as file:
    print(json.dumps({"args": sys.argv[1:], "sql": sys.stdin.read(), "environment": dict(os.environ)}), file=file)
sys.exit(os.path.exists("broken"))
`;

jest.setTimeout(30_000);

describe('the passwords of the roles', () => {
  let folder: string;
  let child: ChildProcess;
  let closed: Promise<unknown>;
  let said: string;
  const path = (name: string) => join(folder, name);
  const calls = () =>
    existsSync(path('calls'))
      ? readFileSync(path('calls'), 'utf8')
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line))
      : [];
  const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const until = async (happened: () => boolean) => {
    for (let wait = 0; wait < 100 && !happened(); wait++) {
      await sleep(50);
    }
  };
  const called = async (times: number) => {
    await until(() => calls().length >= times);
    expect(calls().length).toBeGreaterThanOrEqual(times);
  };
  const start = (environment: { [name: string]: string } = {}) => {
    child = spawn('bash', [SCRIPT, path('roles')], {
      cwd: folder,
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        DATABASE_USER: 'synapse_user',
        EVERY: '0.1',
        VOLUME: folder,
        ...environment,
      },
    });
    closed = once(child, 'close');
    child.stdout?.on('data', (bytes) => {
      said += bytes;
    });
  };
  const program = (name: string, text: string) => {
    writeFileSync(path(name), text);
    chmodSync(path(name), 0o755);
  };

  beforeEach(() => {
    said = '';
    folder = mkdtempSync(join(tmpdir(), 'roles-'));
    mkdirSync(path('roles'));
    writeFileSync(path('roles/owner'), "it's `secret` $HOME\n\n");
    writeFileSync(path('roles/backup'), 'backup-1');
    program('psql', PSQL);
    program('pg_isready', '#!/bin/sh\n[ ! -e away ]\n');
  });
  afterEach(async () => {
    // Otherwise what it still says is heard in the next test.
    child.kill('SIGKILL');
    await closed;
    rmSync(folder, { recursive: true });
  });

  it('are set at the start, byte for byte, both or none', async () => {
    start();
    await called(1);
    const [{ args, sql, environment }] = calls();
    expect(environment.DATABASE_USER).toBe('synapse_user');
    expect(sql).toContain("ALTER ROLE :\"owner\" PASSWORD 'it''s `secret` $HOME\n\n';");
    expect(sql).toContain("ALTER ROLE backup PASSWORD 'backup-1';");
    expect(args).toEqual(
      expect.arrayContaining(['--username=postgres', '--single-transaction', '--set=ON_ERROR_STOP=1']),
    );
    expect(args.join()).not.toContain('backup-1');
    expect(JSON.stringify(environment)).not.toMatch(/backup-1|secret/);
  });

  it('are not logged, and do not wait for a WAL receiver that waits for its password', async () => {
    start();
    await called(1);
    for (const option of ['log_statement=none', 'log_min_duration_statement=-1', 'synchronous_commit=local']) {
      expect(calls()[0].environment.PGOPTIONS).toContain(`-c ${option}`);
    }
  });

  it('are set again only when they change', async () => {
    start();
    await called(1);
    await sleep(600);
    expect(calls()).toHaveLength(1);
    // At once, as the kubelet changes the files of a Secret.
    writeFileSync(path('backup'), 'backup-2');
    renameSync(path('backup'), path('roles/backup'));
    await called(2);
    expect(calls()[1].sql).toContain("'backup-2'");
    await until(() => said.split('\n').length > 2);
    await sleep(300);
    expect(said).toBe('update-roles: the passwords of the database roles match the Secrets\n'.repeat(2));
  });

  it('are set again after the database was unreachable or refused them', async () => {
    writeFileSync(path('away'), '');
    writeFileSync(path('broken'), '');
    start();
    await sleep(400);
    expect(calls()).toEqual([]);
    rmSync(path('away'));
    await called(2);
    expect(said).toBe('');
    rmSync(path('broken'));
    await until(() => said !== '');
    expect(said).toContain('match the Secrets');
  });

  it('are not all that it looks after: the room on the claim of the database is noted for the metrics', async () => {
    program('df', '#!/bin/sh\nprintf "Filesystem 1K Used Available\n/dev/x 20971520 1 10485760\n"');
    start({ METRICS: path('metrics') });
    for (let wait = 0; wait < 100 && !existsSync(path('metrics/database_volume.prom')); wait++) {
      await sleep(50);
    }
    const noted = readFileSync(path('metrics/database_volume.prom'), 'utf8');
    expect(noted).toContain('\nmatrix_database_volume_free_bytes 10737418240\n');
    expect(noted).toContain('\nmatrix_database_volume_size_bytes 21474836480\n');
    expect(noted.match(/^# (HELP|TYPE) /gm)).toHaveLength(4);
  });

  it('are accompanied by a role that reads only statistics, if a collector may read metrics', async () => {
    start();
    await called(1);
    const [, inside] = /\\if :\{\?database\}\n(.*?)\\endif/s.exec(calls()[0].sql) ?? [];
    expect(inside).toContain('CREATE ROLE metrics');
    expect(inside).toContain('GRANT pg_monitor TO metrics;');
    expect(inside).toContain('PASSWORD NULL');
    expect(inside.match(/GRANT \w+/g)).toEqual(['GRANT pg_monitor', 'GRANT CONNECT']);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('do not hold up the end of the pod, asked for by %s', async (signal) => {
    start();
    await called(1);
    const end = new Promise((done) => child.on('exit', done));
    child.kill(signal);
    expect(await end).toBe(0);
  });
});
