import { BackupRepository, Peer, SecretKey } from '../../../lib';
import { Backups } from '../support/backups';
import { Conversation } from '../support/conversation';
import { RestStore } from '../support/rest-store';
import { storeSecrets } from '../support/store-secrets';
import { System } from '../support/system';
import { changedSystem } from '../support/system-chart';

jest.setTimeout(300_000);

const NAMESPACE = 'matrix-e2e-rest';

describe('a repository behind an append-only REST server', () => {
  let store: RestStore;
  let system: System;
  let backups: Backups;
  let conversation: Conversation;

  beforeAll(async () => {
    store = await RestStore.install('rest');
    const user = (secretName: string) => ({
      username: SecretKey.fromSecretName(secretName, 'id'),
      password: SecretKey.fromSecretName(secretName, 'key'),
    });
    const chart = changedSystem(NAMESPACE, {
      repository: BackupRepository.restServer({
        url: store.url,
        pruneUrl: store.fullUrl,
        credentials: user('store'),
        pruneCredentials: user('store-prune'),
        appendOnly: true,
        allowPlainHttp: true,
        peer: Peer.namespace(`${NAMESPACE}-store`),
      }),
    });
    system = await System.apply('rest', storeSecrets(NAMESPACE, store) + chart);
    backups = new Backups(system);
    conversation = await Conversation.begin(system);
  });
  afterAll(async () => {
    await system?.remove();
    await store?.remove();
  });

  it('stores backups and WAL, and lists them', async () => {
    await conversation.say('in the first set');
    expect(await backups.succeed('backup')).toContain('is complete');
    expect(await backups.succeed('backup')).toContain('is complete');
    await conversation.say('in the log');
    await backups.shipped();
    expect(await backups.succeed('backup-list')).toMatch(
      /backups in rest:http:(.*\n){3}any moment from .* can be restored/,
    );
  });

  it('removes expired backups only at the port that allows it', async () => {
    const before = await store.files();
    await expect(backups.tryToForget()).rejects.toThrow(/403|Forbidden/);
    expect(await store.files()).toEqual(expect.arrayContaining(before.filter((path) => !path.startsWith('locks/'))));
    await backups.keepOne();
    expect(await backups.succeed('backup-prune')).toContain('1 backups are forgotten, 1 are kept');
  });

  it('restores everything', async () => {
    const { succeeded, log } = await backups.restore();
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining('restore: done') });
    await backups.scale(1);
    expect(await conversation.history()).toEqual(['in the first set', 'in the log']);
  });
});
