import { Backups } from '../support/backups';
import { Conversation } from '../support/conversation';
import { eventually } from '../support/kubectl';
import { type SmallDisk, smallDisk } from '../support/small-disk';
import { System } from '../support/system';
import { changedSystem } from '../support/system-chart';

jest.setTimeout(600_000);

const NAMESPACE = 'matrix-e2e-full';

describe('a volume that is full', () => {
  let backupDisk: SmallDisk;
  let dataDisk: SmallDisk;
  let system: System;
  let backups: Backups;
  let conversation: Conversation;
  const said: string[] = [];

  const say = async (body: string) => {
    await conversation.say(body);
    said.push(body);
  };
  const postgresLog = () => system.kubectl(['logs', 'matrix-postgres-0', '--tail=100']);
  const restored = async () => {
    const outcome = await backups.restore();
    expect(outcome).toEqual({ succeeded: true, log: expect.stringContaining('restore: done') });
    await backups.scale(1);
    return conversation.history();
  };

  beforeAll(async () => {
    // A backup needs room for a base backup and one gibibyte more; a restore keeps the old database.
    backupDisk = await smallDisk(NAMESPACE, 'matrix-postgres-backup-pvc', 2048);
    dataDisk = await smallDisk(NAMESPACE, 'matrix-postgres-pvc', 3072);
    system = await System.apply('full', changedSystem(NAMESPACE, {}));
    backups = new Backups(system);
    conversation = await Conversation.begin(system);
    await say('before');
    await backups.succeed('backup');
    await backups.shipped();
  });
  afterAll(async () => {
    await system?.remove();
    await backupDisk?.remove();
    await dataDisk?.remove();
  });

  it('of the backups: messages go on, and the backup, the PostgreSQL log and the agent say what is wrong', async () => {
    await backupDisk.fill();
    for (let number = 1; number <= 5; number++) {
      await say(`without backups ${number}`);
      await backups.handOver();
    }
    const { succeeded, log } = await backups.run('backup');
    expect({ succeeded, log }).toEqual({
      succeeded: false,
      log: expect.stringMatching(/^backup: .*(No space left|KiB free)/m),
    });
    await eventually(
      'a problem of the archive',
      60,
      async () => (await backups.metric('backup_problem{part="archive"}')) === 1,
    );
    await eventually('the agent to be not ready', 60, async () => !(await backups.agentIsReady()));
    expect(await backups.problems()).toContain('WAL archiving is failing');
    await say('still here');
    expect(await conversation.history()).toEqual(said);
  });

  it('of the backups, with room again: WAL is archived by itself, and a restore has every message', async () => {
    await backupDisk.free();
    const began = Date.now();
    await backups.shipped(120);
    await eventually('the agent to be ready', 60, () => backups.agentIsReady());
    process.stdout.write(`full-disk: archiving goes on ${(Date.now() - began) / 1000} s after there is room\n`);
    await backups.succeed('backup');
    expect(await restored()).toEqual(said);
  });

  it('of the database: messages are refused, earlier ones can be read, and the PostgreSQL log says why', async () => {
    await dataDisk.fill();
    await eventually('a message that is refused', 240, () =>
      say(`in the full volume ${said.length}`).then(
        () => false,
        () => true,
      ),
    );
    expect(await conversation.history()).toEqual(said);
    expect(await postgresLog()).toContain('No space left on device');
  });

  it('of the database, without room for WAL either: PostgreSQL stops, and its pod is not ready', async () => {
    await eventually('the end of PostgreSQL', 240, () =>
      backups.handOver().then(
        () => false,
        () => true,
      ),
    );
    await eventually('PostgreSQL to be not ready', 120, async () => {
      const path = 'jsonpath={.status.readyReplicas}';
      return (await system.kubectl(['get', 'statefulset/matrix-postgres', '-o', path])) !== '1';
    });
    // Each restart of the container begins a new log.
    await eventually('the reason in its log', 120, async () =>
      /(PANIC|FATAL): .*No space left on device/.test(await postgresLog()),
    );
  });

  it('of the database, with room again: PostgreSQL starts by itself, with every acknowledged message', async () => {
    await dataDisk.free();
    const began = Date.now();
    await eventually('a message that is taken', 400, () => say('at last').then(() => true));
    process.stdout.write(`full-disk: messages are taken ${(Date.now() - began) / 1000} s after there is room\n`);
    const history = await conversation.history();
    expect(said.filter((body) => !history.includes(body))).toEqual([]);
    await backups.shipped();
    await eventually('the agent to be ready', 120, () => backups.agentIsReady());
  });
});
