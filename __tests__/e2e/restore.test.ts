import { createHash, randomBytes } from 'node:crypto';
import { eventually } from './support/kubectl';
import { type Account, Matrix } from './support/matrix';
import { System } from './support/system';

jest.setTimeout(300_000);

const WORKLOADS = ['deployment/matrix-synapse', 'statefulset/matrix-postgres'];
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('backup and restore', () => {
  let system: System;
  let matrix: Matrix;
  let admin: Account;
  let room: string;
  let serverKey: string;
  const file = randomBytes(3 * 1024 * 1024);
  let media: string;
  let firstSet: string;

  /** Everything said in the room, oldest first. */
  const history = async (): Promise<string[]> => {
    const { chunk } = await matrix.ok(
      'GET',
      `/_matrix/client/r0/rooms/${room}/messages?dir=b&limit=500`,
      undefined,
      admin.token,
    );
    const messages = chunk.filter((event: { type: string }) => event.type === 'm.room.message');
    return messages.map((event: { content: { body: string } }) => event.content.body).reverse();
  };
  const say = (text: string) =>
    matrix.ok(
      'PUT',
      `/_matrix/client/r0/rooms/${room}/send/m.room.message/${text}`,
      { msgtype: 'm.text', body: text },
      admin.token,
    );
  const verifyKey = async () => {
    const answer = await fetch(`${await system.url('deployment/matrix-synapse', 8009)}/_matrix/key/v2/server`);
    return JSON.stringify(((await answer.json()) as { verify_keys: object }).verify_keys);
  };
  const superuser = async (query: string) =>
    (await system.exec('statefulset/matrix-postgres', 'psql', '-U', 'postgres', '-d', 'synapse', '-Atc', query)).trim();
  /** Waits until all that is committed lies in the archive. */
  const archived = async () => {
    // Without something to hand over PostgreSQL switches to no new file.
    await superuser("SELECT pg_logical_emit_message(true, 'e2e', 'end')");
    const file = await superuser('SELECT pg_walfile_name(pg_current_wal_lsn())');
    await superuser('SELECT pg_switch_wal()');
    await eventually(`${file} in the archive`, 60, async () => {
      const files = await system.exec('statefulset/matrix-postgres', 'sh', '-c', 'ls /backup/wal/*');
      return files.includes(`${file}.gz`);
    });
  };
  const scale = async (replicas: number) => {
    await system.kubectl(['scale', ...WORKLOADS, `--replicas=${replicas}`]);
    if (replicas > 0) {
      await system.ready();
      await eventually('Synapse behind its port-forward', 60, () => matrix.ok('GET', '/_matrix/client/versions'));
    }
  };
  const choose = (choice: { [key: string]: string }) =>
    system.kubectl([
      'create',
      'configmap',
      'matrix-restore-choice',
      ...Object.entries(choice).map(([k, v]) => `--from-literal=${k}=${v}`),
    ]);

  beforeAll(async () => {
    system = await System.install('restore');
    matrix = new Matrix(await system.url(), await system.secret('matrix-synapse-secret', 'registration_shared_secret'));
    admin = await matrix.register('admin', true);
    room = (await matrix.ok('POST', '/_matrix/client/r0/createRoom', { preset: 'private_chat' }, admin.token)).room_id;
    const upload = await matrix.ok('POST', '/_matrix/media/r0/upload', file, admin.token);
    media = upload.content_uri.replace('mxc://', '/_matrix/media/r0/download/');
    const keys = { 'curve25519:AAAAAQ': 'zKbLg+NrIjpnagy+pIY6uPL4ZwEG2v+8F9lmgsnlZzs' };
    await matrix.ok('POST', '/_matrix/client/v3/keys/upload', { one_time_keys: keys }, admin.token);
    serverKey = await verifyKey();
    await say('before-the-backup');
  });

  afterAll(async () => system?.remove());

  it('makes a set that is complete and verified', async () => {
    const { succeeded, log } = await system.run('matrix-backup', 'backup-1');
    firstSet = /(\d{8}T\d{6}Z) is complete/.exec(log)?.[1] ?? '';
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining('is complete and verified') });
  });

  it('refuses to restore under a running system, and changes nothing', async () => {
    await say('after-the-backup');
    await archived();
    const { succeeded, log } = await system.run('matrix-restore', 'restore-running');
    expect(succeeded).toBe(false);
    expect(log).toContain('is not scaled to 0');
    expect(await history()).toEqual(['before-the-backup', 'after-the-backup']);
  });

  it('does not begin with an empty database where there are backups', async () => {
    await scale(0);
    // Pods of Jobs that have ended hold their claims.
    await system.kubectl(['delete', 'jobs', '-l', 'app in (matrix-backup, matrix-restore)']);
    await system.kubectl([
      'delete',
      'pvc',
      'matrix-postgres-pvc',
      'matrix-synapse-data',
      '--wait=true',
      '--timeout=120s',
    ]);
    await system.kubectl(['apply', '-f', '-'], system.manifest);
    const refusal = await eventually('a refusal of PostgreSQL', 60, async () => {
      const log = await system.kubectl(['logs', 'matrix-postgres-0', '-c', 'initialise']);
      return log.includes('there are backups') && log;
    });
    expect(refusal).toContain('Restore one');
  });

  it('brings everything back to the end of the log after both claims were destroyed', async () => {
    await scale(0);
    const began = Date.now();
    const { succeeded, log } = await system.run('matrix-restore', 'restore-1');
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining('restore: done') });
    await scale(1);
    console.log(`restored and ready after ${(Date.now() - began) / 1000} s`);

    expect(await history()).toEqual(['before-the-backup', 'after-the-backup']);
    expect(await verifyKey()).toBe(serverKey);
    const download = await matrix.request('GET', media);
    expect(download.status).toBe(200);
    expect(sha256(download.body)).toBe(sha256(file));
    expect(await system.sql('SELECT count(*) FROM e2e_one_time_keys_json')).toBe('0');
    expect(await matrix.login('admin', admin.password)).toBeTruthy();
  });

  it('archives on, and restores across what was restored before', async () => {
    await say('after-the-restore');
    const { succeeded, log } = await system.run('matrix-backup', 'backup-2');
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining('is complete and verified') });
    await archived();
    await scale(0);
    await choose({ set: firstSet });
    const restore = await system.run('matrix-restore', 'restore-2');
    expect({ ...restore }).toEqual({ succeeded: true, log: expect.stringContaining(`restore: done, set ${firstSet}`) });
    await scale(1);
    expect(await history()).toEqual(['before-the-backup', 'after-the-backup', 'after-the-restore']);
  });

  it('uses a choice once', async () => {
    expect(await system.kubectl(['get', 'configmap', 'matrix-restore-choice', '--ignore-not-found'])).toBe('');
  });

  it('goes back to a point in time', async () => {
    await say('wanted');
    await archived();
    await new Promise((done) => setTimeout(done, 1500));
    const time = `${new Date().toISOString().slice(0, 19)}Z`;
    await new Promise((done) => setTimeout(done, 1500));
    await say('unwanted');
    await archived();
    await scale(0);
    await choose({ time });
    const { succeeded, log } = await system.run('matrix-restore', 'restore-3');
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining(`to ${time}`) });
    await scale(1);
    const said = await history();
    expect(said).toContain('wanted');
    expect(said).not.toContain('unwanted');
  });

  it('takes a restore back', async () => {
    await scale(0);
    await choose({ undo: 'true' });
    const { succeeded, log } = await system.run('matrix-restore', 'undo');
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining('restore: undone') });
    await scale(1);
    expect(await history()).toContain('unwanted');
  });

  it('can be broken off and run again, and finds messages that were not archived yet', async () => {
    await say('the last word');
    await scale(0);
    await system.kubectl(['create', 'job', '--from=cronjob/matrix-restore', 'broken-off']);
    await eventually('the marker of a restore', 60, async () => {
      const log = await system.kubectl(['logs', 'job/broken-off', '-c', 'database']);
      return log.includes('restore: set');
    });
    await system.kubectl([
      'delete',
      'job',
      'broken-off',
      '--cascade=foreground',
      '--grace-period=0',
      '--force',
      '--wait=true',
    ]);
    const { succeeded, log } = await system.run('matrix-restore', 'restore-4');
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining('restore: done') });
    await scale(1);
    expect(await history()).toEqual(
      expect.arrayContaining(['before-the-backup', 'wanted', 'unwanted', 'the last word']),
    );
  });

  it('keeps as many sets as it should, and the log that they need', async () => {
    await system.kubectl(['set', 'env', 'cronjob/matrix-backup', 'KEEP=1']);
    const { succeeded, log } = await system.run('matrix-backup', 'backup-3');
    expect({ succeeded, log }).toEqual({
      succeeded: true,
      log: expect.stringContaining(`clear-up: removed ${firstSet}`),
    });
    const list = (what: string) => system.exec('statefulset/matrix-postgres', 'sh', '-c', `ls -d ${what}`);
    const [set, ...others] = (await list('/backup/sets/*')).trim().split('\n');
    expect(others).toEqual([]);
    const { firstWal } = JSON.parse(await system.exec('statefulset/matrix-postgres', 'cat', `${set}/manifest.json`));
    const files = [...(await list('/backup/wal/*/*')).matchAll(/\/([0-9A-F]{24})\.gz$/gm)].map(([, name]) => name);
    expect(files).toContain(firstWal);
    expect(files.filter((name) => name.slice(8) < firstWal.slice(8))).toEqual([]);
  });

  it('refuses a set that has rotted, says which file, and leaves the database as it is', async () => {
    const rot = 'printf rot | dd of=$(ls -d /backup/sets/2*)/base/global/1262 bs=1 seek=100 conv=notrunc';
    await system.exec('statefulset/matrix-postgres', 'sh', '-c', rot);
    await scale(0);
    const { succeeded, log } = await system.run('matrix-restore', 'rotten');
    expect({ succeeded, log }).toEqual({ succeeded: false, log: expect.stringContaining('"global/1262"') });
    expect(log).toContain('the database is as it was');
  });

  it.each([
    [
      'a set that is not there',
      { set: '20000101T000000Z' },
      'there is no set 20000101T000000Z that fits; there are: 2',
    ],
    ['misspelt', { tme: '2026-01-31T14:05:00Z' }, "'tme' in the choice means nothing"],
    ['a time before every set', { time: '2000-01-01T00:00:00Z' }, 'finished before 2000-01-01T00:00:00Z'],
    ['a time that is none', { time: '2026-02-31T25:00:00Z' }, "time '2026-02-31T25:00:00Z' is none"],
  ])('fails with the choice when it is %s, and can be run again', async (name, choice, message) => {
    await scale(0);
    await choose(choice as { [key: string]: string });
    const { succeeded, log } = await system.run(
      'matrix-restore',
      `refused-${createHash('md5').update(name).digest('hex').slice(0, 6)}`,
    );
    expect({ succeeded, log }).toEqual({ succeeded: false, log: expect.stringContaining(message) });
    await system.kubectl(['delete', 'configmap', 'matrix-restore-choice']);
  });

  it('starts again after a refused restore', async () => {
    await scale(1);
    expect(await history()).toContain('wanted');
  });
});
