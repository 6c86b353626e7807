import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atNight } from './support/at-night';
import { type Conversation, sha256 } from './support/conversation';
import { kubectl } from './support/kubectl';
import { OffSiteSystem } from './support/off-site-system';
import { printedCommands } from './support/printed-commands';
import { Shell } from './support/shell';
import { storeSecrets } from './support/store-secrets';

jest.setTimeout(420_000);

const MESSAGE = 'a message that no one else may read';

describe('an append-only repository in an S3 store over TLS', () => {
  let there: OffSiteSystem;
  let conversation: Conversation;
  let media: string;
  let repositoryPassword: string;
  let before: { [what: string]: unknown };
  const file = randomBytes(1024 * 1024);

  /** What must be the same in another cluster. */
  const identity = async () => ({
    verifyKeys: await conversation.verifyKeys(),
    messages: await conversation.history(),
    file: await conversation.download(media),
    registration: await there.system.secret('matrix-synapse-secret', 'registration_shared_secret'),
  });

  beforeAll(async () => {
    there = await OffSiteSystem.install('off-site');
    conversation = await there.talk();
    media = await conversation.upload(file);
    await conversation.uploadOneTimeKey();
    await conversation.say(MESSAGE);
  });
  afterAll(async () => there?.remove());

  it('stores backups and WAL, and lists them', async () => {
    const { backups } = there;
    expect(await backups.succeed('backup')).toContain('is complete');
    await conversation.say('after the set');
    await backups.shipped();
    expect(await backups.succeed('backup')).toContain('is complete');
    const list = await backups.succeed('backup-list');
    expect(list).toMatch(/backups in s3:https:(.*\n){3}any moment from .* can be restored/);
    expect(await backups.problems()).toBe('all is well');
  });

  it('stores nothing that can be read without the password', async () => {
    const { store, system } = there;
    const signingKey = (await system.secret('matrix-signing-key', 'signing.key')).trim().split(' ').pop() ?? '';
    // Whoever searches finds what is there: restic says how it derives a key from the password.
    expect(await store.holds('scrypt')).toBe(true);
    for (const secret of [MESSAGE, signingKey, file.subarray(1000, 1064), conversation.account.userId]) {
      expect(await store.holds(secret)).toBe(false);
    }
  });

  atNight.it('removes expired backups only with the credentials for pruning, not with those for backups', async () => {
    const { backups, store } = there;
    const before = await store.files();
    await expect(backups.tryToForget()).rejects.toThrow(/Access ?Denied/i);
    expect(await store.files()).toEqual(expect.arrayContaining(before.filter((path) => !path.startsWith('locks/'))));
    await backups.keepOne();
    expect(await backups.succeed('backup-prune')).toContain('1 backups are forgotten, 1 are kept');
    expect(await backups.succeed('backup-verify')).toContain('was read and is whole');
  });

  it('restores the system into a new cluster by the printed commands', async () => {
    await conversation.say('the last word');
    await there.backups.shipped();
    before = await identity();
    repositoryPassword = await there.system.secret('matrix-backup-secret', 'repository_password');
    await there.system.remove();

    const { namespace } = there.system;
    const shell = Shell.withoutSystem(namespace, there.chart);
    writeFileSync(join(shell.folder, 'password.txt'), repositoryPassword);
    writeFileSync(join(shell.folder, 'store.yaml'), storeSecrets(namespace, there.store));
    const commands = printedCommands('lostCluster').replace(
      /^# and every other Secret.*$/m,
      'kubectl apply -f store.yaml',
    );
    expect(commands).toContain('store.yaml');
    const began = Date.now();
    const said = await shell.ok(`set -e; ${commands}`);
    shell.close();
    await kubectl(['label', 'namespace', namespace, 'oriso-matrix-e2e=true']);
    await there.system.ready();
    process.stdout.write(`off-site: the cluster is back after ${(Date.now() - began) / 1000} s\n`);
    expect(said).toMatch(/ [1-9]\d* of [1-9]\d* media files restored(.*\n)*restore: done/);
  });

  it('has the same signing key, messages, media, accounts and shared secret there, and no one-time keys', async () => {
    conversation = await conversation.movedTo(there.system);
    expect(before).toMatchObject({ messages: [MESSAGE, 'after the set', 'the last word'], file: sha256(file) });
    expect(await identity()).toEqual(before);
    expect(await conversation.matrix.login('admin', conversation.account.password)).toBeTruthy();
    expect(await there.system.sql('SELECT count(*) FROM e2e_one_time_keys_json')).toBe('0');
  });

  atNight.it('continues to back up into the same repository', async () => {
    await conversation.say('in the new cluster');
    await there.backups.shipped();
    expect(await there.backups.succeed('backup')).toContain('is complete');
  });
});
