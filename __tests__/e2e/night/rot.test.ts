import { randomBytes } from 'node:crypto';
import { AGENT, Backups } from '../support/backups';
import { Conversation, sha256 } from '../support/conversation';
import { Rot } from '../support/rot';
import { System } from '../support/system';
import { changedSystem } from '../support/system-chart';

jest.setTimeout(420_000);

describe('damaged bytes on the backup claim', () => {
  let system: System;
  let backups: Backups;
  let conversation: Conversation;
  let rot: Rot;
  /** Path of the media file in the media store. */
  let media: string;
  let mediaId: string;
  /** The WAL segment with the last message, in the WAL archive and in the repository. */
  let log: string;
  /** Larger than one of restic's pack files, so that a part of it can still be read. */
  const file = randomBytes(40 * 1024 * 1024);

  const verified = async (): Promise<string> => {
    const outcome = await backups.run('backup-verify');
    expect(outcome).toEqual({ succeeded: false, log: expect.stringContaining('verify: damaged:') });
    return outcome.log;
  };
  const refused = async (): Promise<string> => {
    const outcome = await backups.restore();
    expect(outcome).toEqual({ succeeded: false, log: expect.stringContaining('the database is as it was') });
    return outcome.log;
  };
  const restored = async (warning: RegExp): Promise<void> => {
    const outcome = await backups.restore();
    expect(outcome).toEqual({ succeeded: true, log: expect.stringMatching(warning) });
    await allIsThere();
  };
  const allIsThere = async () => {
    await backups.scale(1);
    expect(await conversation.history()).toEqual(['in the sets', 'in the log']);
  };

  beforeAll(async () => {
    system = await System.apply('rot', changedSystem('matrix-e2e-rot', {}));
    backups = new Backups(system);
    rot = new Rot(system);
    conversation = await Conversation.begin(system);
    mediaId = await conversation.upload(file);
    media = `media_store/local_content/${mediaId.slice(0, 2)}/${mediaId.slice(2, 4)}/${mediaId.slice(4)}`;
    await conversation.say('in the sets');
    await backups.succeed('backup');
    await backups.succeed('backup');
    await conversation.say('in the log');
    const name = await backups.shipped();
    log = (await system.exec(AGENT, 'find', '/backup/wal', '-name', `${name}.gz`)).trim();
    expect(await backups.succeed('backup-verify')).toContain('was read and is whole');
  });
  afterEach(async () => {
    await rot.heal();
    await backups.scale(1);
  });
  afterAll(async () => system?.remove());

  it('in the database of a backup: the restore is refused, the file is named, and the database does not change', async () => {
    await rot.file('/backup/work/base/global/1262', 'data');
    expect(await verified()).toContain('/backup/work/base/global/1262 in 2 snapshots');
    const said = await refused();
    expect(said).toMatch(/backup \d{8}T\d{6}Z is damaged/);
    expect(said).toContain('/global/1262');
    await allIsThere();
  });

  it('in a snapshot: an earlier backup is restored, with a warning, and pruning is refused', async () => {
    const snapshot = await rot.snapshot('set');
    expect(await verified()).toContain(snapshot.slice(0, 8));
    expect(await backups.run('backup-prune')).toEqual({
      succeeded: false,
      log: expect.stringContaining(`damaged and nothing is removed, the first is snapshots/${snapshot}`),
    });
    await restored(
      new RegExp(`WARNING: 1 snapshots in .* are damaged and not listed, the first is snapshots/${snapshot}`),
    );
  });

  it("in the WAL archive: the repository's copy of the segment is used, with a warning", async () => {
    await rot.plain(log, 100);
    expect(await verified()).toContain(`${log} in the WAL archive`);
    // Unlike a failing disk, the test changes the file's timestamps, and the file would be uploaded again.
    await rot.heal();
    await backups.scale(0);
    await backups.allShipped();
    await rot.plain(log, 100);
    await restored(new RegExp(`WARNING: ${log} is damaged`));
  });

  it("in the repository's WAL: the WAL archive's copy is used, and without one the restore is refused", async () => {
    await backups.shipped();
    await rot.file(log, 'wal');
    expect(await verified()).toContain(log);
    const succeeded = await backups.restore();
    expect(succeeded).toEqual({ succeeded: true, log: expect.stringContaining('restore: done') });
    await allIsThere();
    await backups.scale(0);
    await backups.allShipped();
    await system.exec(AGENT, 'mv', log, '/backup/aside');
    const said = await backups.restore().finally(() => system.exec(AGENT, 'mv', '/backup/aside', log));
    expect(said).toEqual({ succeeded: false, log: expect.stringContaining('the database is as it was') });
    expect(said.log).toContain(`WAL is damaged in the repository: ${log.replace('/backup/wal', '')}`);
    await allIsThere();
  });

  it('in media: everything else is restored, the file is named, and no damaged file takes its place', async () => {
    await rot.file(`/media/${media}`, 'data');
    expect(await verified()).toContain(`/media/${media} in 2 snapshots`);
    expect(await conversation.download(mediaId)).toBe(sha256(file));
    await system.exec('deployment/matrix-synapse', 'rm', `/data/${media}`);
    await restored(new RegExp(`WARNING: .*${mediaId.slice(4)} is damaged in the backup and was not restored`));
    expect(await conversation.download(mediaId)).toBe(404);
  });
});
