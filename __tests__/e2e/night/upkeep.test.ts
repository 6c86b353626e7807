import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, Testing, Yaml } from 'cdk8s';
import { Backups, HomeserverConfig, MatrixChart, Upkeep } from '../../../lib';
import { eventually } from '../support/kubectl';
import { type Account, Matrix } from '../support/matrix';
import { commandsBelow } from '../support/printed-commands';
import { Shell } from '../support/shell';
import { System } from '../support/system';

jest.setTimeout(240_000);

/** Seconds after which a room is abandoned in this suite. */
const AGE = 30;
const GUIDE = readFileSync(join(__dirname, '../../../docs/how-to/retention.md'), 'utf8');

/** Retention by Synapse, and upkeep of what it leaves: each deletes what is named, and nothing else. */
describe('retention', () => {
  let system: System;
  let matrix: Matrix;
  let anna: Account;
  let ben: Account;

  beforeAll(async () => {
    const namespace = 'matrix-e2e-upkeep';
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace,
      serverName: 'upkeep.test',
      publicBaseUrl: 'https://matrix.upkeep.test',
      synapse: {
        config: HomeserverConfig.recommended().extend({
          retention: { enabled: true, default_policy: { max_lifetime: '1d' }, purge_jobs: [{ interval: '10s' }] },
          forgotten_room_retention_period: '1s',
          rc_message: { per_second: 100, burst_count: 1000 },
          rc_room_creation: { per_second: 10, burst_count: 100 },
        }),
      },
      upkeep: Upkeep.nightly({ abandonedRoomsAfter: Duration.days(1) }),
      backups: Backups.none(),
    });
    system = await System.apply('upkeep', Yaml.stringify(...chart.toJson()));
    const sharedSecret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
    matrix = new Matrix(await system.url(), sharedSecret);
    [anna, ben] = [await matrix.register('anna'), await matrix.register('ben')];
  }, 400_000);
  afterAll(() => system?.remove());

  const inRoom = (who: Account, room: string, what: string, body: object = {}) =>
    matrix.ok('POST', `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/${what}`, body, who.token);
  const say = (room: string, body: string) =>
    matrix.ok(
      'PUT',
      `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${body}`,
      { msgtype: 'm.text', body },
      anna.token,
    );
  const make = async (): Promise<string> =>
    (await matrix.ok('POST', '/_matrix/client/v3/createRoom', { preset: 'private_chat' }, anna.token)).room_id;
  const rooms = async () => (await system.sql('SELECT room_id FROM rooms ORDER BY 1')).split('\n').filter(Boolean);
  const messages = async (room: string) =>
    Number(await system.sql(`SELECT count(*) FROM events WHERE type = 'm.room.message' AND room_id = '${room}'`));

  it('deletes messages that are older than the policy, and neither newer ones, rooms nor files', async () => {
    const [old, mixed] = [await make(), await make()];
    for (const room of [old, mixed]) {
      await say(room, 'one');
      await say(room, 'two');
    }
    await matrix.ok('POST', '/_matrix/media/v3/upload', Buffer.from('a file'), anna.token);
    await system.sql('UPDATE events SET received_ts = received_ts - 2 * 86400000');
    await say(mixed, 'three');

    await eventually('old messages are gone', 90, async () => (await messages(mixed)) === 1);
    await eventually('all but the newest is gone', 30, async () => (await messages(old)) === 1);
    expect(await rooms()).toEqual(expect.arrayContaining([old, mixed]));
    expect(await system.sql('SELECT count(*) FROM local_media_repository')).toBe('1');
    const state = `/_matrix/client/v3/rooms/${encodeURIComponent(old)}/joined_members`;
    expect(Object.keys((await matrix.ok('GET', state, undefined, anna.token)).joined)).toEqual([anna.userId]);
  });

  it('deletes abandoned rooms of upkeep, and none that a user is in, has just left or forgotten', async () => {
    const [left, kept, shared, young, forgotten] = [
      await make(),
      await make(),
      await make(),
      await make(),
      await make(),
    ];
    await inRoom(anna, shared, 'invite', { user_id: ben.userId });
    await inRoom(ben, shared, 'join');
    for (const room of [left, shared]) {
      await say(room, 'bye');
      await inRoom(anna, room, 'leave');
    }
    await new Promise((done) => setTimeout(done, AGE * 1000));
    await inRoom(anna, young, 'leave');
    await settings({ abandonedRoomsAfter: AGE });

    const { succeeded, log } = await system.run('matrix-upkeep', 'first');
    expect(log).toContain(`upkeep: ${left}: complete\nupkeep: deleted 1 rooms; 1 others`);
    expect(succeeded).toBe(true);
    const found = await rooms();
    expect(found).not.toContain(left);
    expect(found).toEqual(expect.arrayContaining([kept, shared, young, forgotten]));
    expect(await messages(left)).toBe(0);
    expect(await messages(shared)).toBe(1);

    // Synapse deletes by itself what is forgotten.
    await inRoom(anna, forgotten, 'leave');
    await inRoom(anna, forgotten, 'forget');
    await eventually('the forgotten room is gone', 150, async () => !(await rooms()).includes(forgotten));
  });

  it('can run again, by the printed commands', async () => {
    const before = await rooms();
    await settings({ abandonedRoomsAfter: 86_400 });
    const shell = Shell.withoutSystem(system.namespace, system.manifest);
    try {
      const said = await shell.ok(commandsBelow(GUIDE, '## Delete what Synapse leaves'));
      expect(said).toContain('upkeep: deleted 0 rooms; 1 others that no user here is in stay');
    } finally {
      shell.close();
    }
    expect(await rooms()).toEqual(before);
    expect(await system.sql("SELECT count(*) FROM devices WHERE display_name = 'matrix-upkeep'")).toBe('0');
  });

  it('in a federation deletes no room that is not forgotten', async () => {
    const before = await rooms();
    await settings({ abandonedRoomsAfter: 1, federates: true });
    const { log } = await system.run('matrix-upkeep', 'federated');
    expect(log).toContain('upkeep: deleted 0 rooms; 1 others');
    expect(await rooms()).toEqual(before);
  });

  const optionsOf = (table: string) => system.sql(`SELECT reloptions FROM pg_class WHERE relname = '${table}'`);
  const restart = async () => {
    await system.kubectl(['rollout', 'restart', 'deployment/matrix-synapse']);
    await system.ready();
    return system.kubectl(['logs', 'deployment/matrix-synapse']);
  };
  const ALL = `{${['vacuum', 'vacuum_insert', 'analyze'].map((what) => `autovacuum_${what}_scale_factor=0.02`).join(',')}}`;

  it('sets autovacuum of large tables once they are there, and keeps what an operator has set', async () => {
    expect(await optionsOf('events')).toBe('');
    await system.sql('ALTER TABLE user_ips SET (autovacuum_vacuum_scale_factor = 0.5)');
    expect(await restart()).toContain('autovacuum was set for 17 tables');
    expect(await optionsOf('events')).toBe(ALL);
    expect(await optionsOf('user_ips')).toBe(ALL.replace('0.02', '0.5'));
  });

  it('starts Synapse although a table is locked, and sets it the next time', async () => {
    await system.sql(`ALTER TABLE events RESET (${ALL.slice(1, -1).replaceAll('=0.02', '')})`);
    const locked = system.sql('BEGIN; LOCK TABLE events IN SHARE UPDATE EXCLUSIVE MODE; SELECT pg_sleep(600)');
    const ended = expect(locked).rejects.toThrow('terminating connection');
    expect(await restart()).toContain('WARNING: autovacuum of large tables was not set');
    expect(await optionsOf('events')).toBe('');
    await system.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'BEGIN; LOCK%'");
    await ended;
    expect(await restart()).toContain('autovacuum was set for 1 tables');
    expect(await optionsOf('events')).toBe(ALL);
  });

  it('has PostgreSQL clean a large table when 5 % of it are dead', async () => {
    await system.sql(
      "INSERT INTO device_inbox (user_id, device_id, stream_id, message_json) SELECT '@gone:upkeep.test', 'd', -n, '{}' FROM generate_series(1, 200000) n",
    );
    await system.sql('VACUUM ANALYZE device_inbox');
    await system.sql('DELETE FROM device_inbox WHERE stream_id BETWEEN -10000 AND -1');
    const dead = async () =>
      Number(await system.sql("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'device_inbox'"));
    await eventually('the deletion is counted', 30, async () => (await dead()) >= 10_000);
    await eventually('vacuum has cleaned the table', 180, async () => (await dead()) < 1000);
  });

  it('fails visibly when the administrator cannot log in', async () => {
    await settings({ patience: 1 });
    const password = Buffer.from('another').toString('base64');
    await system.kubectl(['patch', 'secret', 'matrix-admin-secret', '-p', JSON.stringify({ data: { password } })]);
    const { succeeded, log } = await system.run('matrix-upkeep', 'refused');
    expect(succeeded).toBe(false);
    expect(log).toContain('upkeep: the administrator matrix-admin cannot log in: 403 M_FORBIDDEN. See accounts');
  });

  /** Changes what the CronJob is told. */
  async function settings(changes: object): Promise<void> {
    const { data } = JSON.parse(await system.kubectl(['get', 'configmap', 'matrix-upkeep', '-o', 'json']));
    const changed = JSON.stringify({ ...JSON.parse(data['settings.json']), ...changes });
    const patch = JSON.stringify({ data: { 'settings.json': changed } });
    await system.kubectl(['patch', 'configmap', 'matrix-upkeep', '-p', patch]);
  }
});
