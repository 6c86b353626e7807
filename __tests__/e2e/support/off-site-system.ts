import { BackupRepository, Peer, SecretKey } from '../../../lib';
import { Backups } from './backups';
import { Conversation } from './conversation';
import { ObjectStore } from './object-store';
import { storeSecrets } from './store-secrets';
import { System } from './system';
import { changedSystem } from './system-chart';

/** A system whose repository is in an S3 store, over TLS and append-only. */
export class OffSiteSystem {
  private constructor(
    public readonly store: ObjectStore,
    public readonly system: System,
    public readonly backups: Backups,
    /** The chart, without the Secrets of the store. */
    public readonly chart: string,
  ) {}

  public static async install(name: string): Promise<OffSiteSystem> {
    const store = await ObjectStore.install(name);
    const namespace = `matrix-e2e-${name}`;
    const user = (secretName: string) => ({
      accessKeyId: SecretKey.fromSecretName(secretName, 'id'),
      secretAccessKey: SecretKey.fromSecretName(secretName, 'key'),
    });
    const chart = changedSystem(namespace, {
      repository: BackupRepository.s3({
        endpoint: new URL(store.tlsUrl).origin,
        bucket: 'backups',
        credentials: user('store'),
        pruneCredentials: user('store-prune'),
        appendOnly: true,
        caCertificate: SecretKey.fromSecretName('store-ca', 'ca.crt'),
        peer: Peer.namespace(`${namespace}-store`),
      }),
    });
    const system = await System.apply(name, storeSecrets(namespace, store) + chart);
    return new OffSiteSystem(store, system, new Backups(system), chart);
  }

  public talk(): Promise<Conversation> {
    return Conversation.begin(this.system);
  }

  /** Applies the Secrets with the present credentials of the store. */
  public async applySecrets(): Promise<void> {
    await this.system.kubectl(['apply', '-f', '-'], storeSecrets(this.system.namespace, this.store));
  }

  public async remove(): Promise<void> {
    await this.system.remove();
    await this.store.remove();
  }
}
