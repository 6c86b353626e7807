import { randomBytes } from 'node:crypto';
import { atNight, firstInCi } from './support/at-night';
import { AGENT } from './support/backups';
import { type Conversation, sha256 } from './support/conversation';
import { Device } from './support/device';
import { eventually } from './support/kubectl';
import { sleep, Witness } from './support/witness';

jest.setTimeout(300_000);

describe('backup and restore', () => {
  let witness: Witness;
  let conversation: Conversation;
  let phone: Device;
  let laptop: Device;
  let claimed: string | undefined;
  let serverKeys: object;
  const file = randomBytes(3 * 1024 * 1024);
  let media: string;
  let firstSet: string;

  const deleteClaims = async (...names: string[]) => {
    // Pods of finished Jobs keep claims in use.
    await witness.system.kubectl(['delete', 'jobs', '-l', 'app in (matrix-backup, matrix-restore)']);
    await witness.system.kubectl(['delete', 'pvc', ...names, '--wait=true', '--timeout=120s']);
    await witness.system.kubectl(['apply', '-f', '-'], witness.system.manifest);
  };
  const now = () => `${new Date().toISOString().slice(0, 19)}Z`;

  beforeAll(async () => {
    witness = await Witness.install('restore');
    conversation = witness.conversation;
    const { matrix, account } = conversation;
    media = await conversation.upload(file);
    phone = await Device.of(matrix, account);
    laptop = await Device.of(matrix, account);
    await phone.upload(2);
    await laptop.upload(2);
    serverKeys = await conversation.verifyKeys();
    await witness.say('before the set');
  });
  afterAll(async () => witness?.system.remove());

  it('makes a backup, which is listed once it is complete', async () => {
    firstSet = await witness.backUp();
    expect(firstSet).toMatch(/^\d{8}T\d{6}Z$/);
    expect(await witness.succeeds('backup-list')).toMatch(
      new RegExp(`^backups in /backup/repository:\\n  ${firstSet}: .*, 1 media files\\nany moment from `, 'm'),
    );
  });

  it('refuses to restore under a running system, and changes nothing', async () => {
    claimed = await phone.claim();
    await witness.say('after the set');
    await witness.shipped();
    expect(await witness.fails('restore')).toContain('is not scaled to 0');
    expect(await witness.said()).toEqual(['before the set', 'after the set']);
  });

  it('refuses to start with an empty database when there are backups', async () => {
    await witness.stop();
    await deleteClaims('matrix-postgres-pvc', 'matrix-synapse-data');
    const refusal = await eventually('a refusal of PostgreSQL', 60, async () => {
      const log = await witness.system.kubectl(['logs', 'matrix-postgres-0', '-c', 'initialise']);
      return log.includes('backups exist') && log;
    });
    expect(refusal).toContain(`the last one is ${firstSet}. Restore it`);
  });

  it('restores to the end of the WAL after both claims were lost', async () => {
    const log = await witness.restore();
    expect(log).toContain(`restore: done, ${firstSet}`);
    expect(await witness.said()).toEqual(['before the set', 'after the set']);
    const keys = await eventually('the port for other servers', 60, () => conversation.verifyKeys());
    expect(keys).toEqual(serverKeys);
    expect(await conversation.download(media)).toBe(sha256(file));
    expect(await conversation.matrix.login('admin', conversation.account.password)).toBeTruthy();
  });

  it('does not take its own restore for an out-of-band restore', async () => {
    expect(await witness.guard()).toBe(`epoch-guard: after the restore of ${firstSet}: one-time keys are emptied\n`);
  });

  it('never hands out a one-time key again that was claimed after the backup', async () => {
    expect(claimed).toBeDefined();
    expect([await phone.claim(), await laptop.claim()]).toEqual([undefined, undefined]);
    const [fresh] = await phone.upload(1);
    expect([await phone.claim(), await laptop.claim()]).toEqual([fresh, undefined]);
    expect(fresh).not.toBe(claimed);
  });

  atNight.it('continues archiving, and restores across an earlier restore', async () => {
    await witness.say('after the restore');
    await witness.backUp();
    await witness.shipped();
    const log = await witness.restore({ set: firstSet });
    expect(log).toContain(`restore: done, ${firstSet}`);
    expect(await witness.said()).toEqual(['before the set', 'after the set', 'after the restore']);
  });

  atNight.it('uses a choice only once', async () => {
    const choice = ['get', 'configmap', 'matrix-restore-choice', '--ignore-not-found'];
    expect(await witness.system.kubectl(choice)).toBe('');
  });

  it('restores to a point in time', async () => {
    await witness.say('wanted');
    await witness.shipped();
    await sleep(1.5);
    const time = now();
    await sleep(1.5);
    await witness.say('unwanted');
    await witness.shipped();
    const log = await witness.restore({ time });
    expect(log).toContain(`to ${time} on timeline`);
    expect((await witness.said()).at(-1)).toBe('wanted');
  });

  const choices = [
    ['a backup that does not exist', { set: '20000101T000000Z' }, 'no backup 20000101T000000Z fits; available: 2'],
    ['misspelt', { tme: '2026-01-31T14:05:00Z' }, "'tme' is not a valid choice: use set, time"],
    ['a time before every set', { time: '2000-01-01T00:00:00Z' }, 'finished before 2000-01-01T00:00:00Z'],
    ['a time that is not valid', { time: '2026-02-31T25:00:00Z' }, "time '2026-02-31T25:00:00Z' is not valid"],
  ] as const;
  it.each(firstInCi(choices))('fails when the choice is %s, and can be run again', async (_, choice, message) => {
    await witness.stop();
    await witness.choose(choice);
    const log = await witness.fails('restore');
    await witness.system.kubectl(['delete', 'configmap', 'matrix-restore-choice']);
    expect(log).toContain(message);
  });

  it('starts again after a refused restore', async () => {
    await witness.start();
    expect((await witness.said()).at(-1)).toBe('wanted');
  });

  atNight.it('undoes a restore', async () => {
    const log = await witness.restore({ undo: 'true' });
    expect(log).toContain('restore: undone');
    expect((await witness.said()).at(-1)).toBe('unwanted');
  });

  atNight.it('can be interrupted and run again, and uses WAL that was not archived yet', async () => {
    await witness.say('the last word');
    await witness.stop();
    const { system } = witness;
    await system.kubectl(['create', 'job', '--from=cronjob/matrix-restore', 'broken-off']);
    await eventually('the recovery', 60, async () => {
      const log = await system.kubectl(['logs', 'job/broken-off', '-c', 'database']);
      return log.includes('starting archive recovery');
    });
    const atOnce = ['--cascade=foreground', '--grace-period=0', '--force', '--wait=true'];
    await system.kubectl(['delete', 'job', 'broken-off', ...atOnce]);
    const log = await witness.restore();
    expect(log).toMatch(/[1-9]\d* WAL segments that were not archived yet came from the old database/);
    expect((await witness.said()).slice(-3)).toEqual(['wanted', 'unwanted', 'the last word']);
  });

  atNight.it('restores messages older than the recovery point from only the repository', async () => {
    await witness.say('before the fire');
    await sleep(60);
    await witness.stop();
    await witness.system.exec(AGENT, 'sh', '-c', 'mv /backup/wal /backup/burnt && rm -r /backup/burnt');
    await deleteClaims('matrix-postgres-pvc');
    await witness.restore();
    expect((await witness.said()).slice(-2)).toEqual(['the last word', 'before the fire']);
  });

  atNight.it(
    'keeps secrets that were rotated since, and the next backup has the public part of the earlier signing key',
    async () => {
      const published = () =>
        eventually('the keys of the server', 120, async () => {
          const url = 'http://localhost:8009/_matrix/key/v2/server';
          const { verify_keys, old_verify_keys } = JSON.parse(
            await witness.system.exec('deployment/matrix-synapse', 'curl', '--silent', url),
          );
          return { now: Object.keys(verify_keys), before: Object.keys(old_verify_keys) };
        });
      const set = await witness.backUp();
      const { now } = await published();
      await witness.succeeds('rotate-database');
      await witness.succeeds('rotate-signing-key');
      const rotated = await eventually('the new key', 300, async () => {
        const found = await published();
        return found.now[0] !== now[0] && found;
      });
      expect(rotated.before).toEqual(now);
      await witness.backUp();
      expect(await witness.restic('ls', '--recursive', '--tag', 'data', 'latest')).toContain(
        '/matrix-signing-key/old-signing-keys.yaml',
      );
      expect(await witness.restore({ set, secrets: 'true' })).toContain('matrix-signing-key keeps its signing key');
      expect(await published()).toEqual(rotated);
    },
  );
});
