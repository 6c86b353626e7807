import { Testing, Yaml } from 'cdk8s';
import {
  Accounts,
  Backups,
  type ClusterArchiveOptions,
  ClusterBackup,
  Discovery,
  MatrixChart,
  type MatrixChartProps,
  Peer,
  Postgres,
  parseSize,
  SecretKey,
} from '../../../lib';
import { resources } from '../../../lib/kubernetes/workloads/resources';
import { eventually, kubectl } from './kubectl';
import type { ObjectStore } from './object-store';
import { storeSecrets } from './store-secrets';
import type { System } from './system';

/** Name of the Cluster. */
export const CLUSTER = 'matrix-database';
/** Whether the operator's plugin writes the archive, which must be installed for that: `ARCHIVE=plugin npm run e2e -- cluster-`. */
const PLUGIN = process.env.ARCHIVE === 'plugin';
const SECRET = 'store-prune';
const OBJECT = 'archives';

/** Options of {@link ArchivedSystem}. */
interface ArchivedOptions {
  /** @default 2 */
  readonly instances?: number;
  /** @default - no backups of files, workers or monitoring */
  readonly parts?: Pick<MatrixChartProps, 'backups' | 'monitoring' | 'workers'>;
}

/** A small system with a replicated database, of which the operator keeps an archive in a store. */
export class ArchivedSystem {
  public readonly namespace: string;

  constructor(
    name: string,
    private readonly store: ObjectStore,
    private readonly options: ArchivedOptions = {},
  ) {
    this.namespace = `matrix-e2e-${name}`;
  }

  public manifest(changes: ClusterArchiveOptions = {}): string {
    const { instances = 2, parts } = this.options;
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace: this.namespace,
      serverName: 'caritas.local',
      publicBaseUrl: 'https://matrix.caritas.local',
      postgres: Postgres.cloudNativePg({
        instances,
        storage: parseSize('2Gi'),
        resources: resources(50, 256, 1024),
        backup: this.backup(changes),
      }),
      discovery: Discovery.none(),
      accounts: Accounts.none(),
      backups: Backups.none(),
      ...parts,
    });
    return Yaml.stringify(...chart.toJson());
  }

  /** How the operator backs the database up. */
  public backup(changes: ClusterArchiveOptions = {}): ClusterBackup {
    const { origin, port } = new URL(this.store.url);
    const options = { ...changes, peer: Peer.pods({ app: 'store' }, `${this.namespace}-store`) };
    if (PLUGIN) {
      return ClusterBackup.plugin({ ...options, objectStore: OBJECT, port: Number(port) });
    }
    const [accessKeyId, secretAccessKey] = ['id', 'key'].map((key) => SecretKey.fromSecretName(SECRET, key));
    const credentials = { accessKeyId, secretAccessKey };
    return ClusterBackup.s3({
      ...options,
      destination: this.destination,
      endpoint: origin,
      allowPlainHttp: true,
      credentials,
    });
  }

  /** Applies what must be there before the system: the credentials, and the plugin's own object. */
  public async prepare(): Promise<void> {
    await kubectl(['apply', '-f', '-'], storeSecrets(this.namespace, this.store));
    if (PLUGIN) {
      await kubectl(['apply', '-f', '-'], JSON.stringify(this.objectStore()));
    }
  }

  /** Waits until all WAL of this moment is in the store. */
  public async archived(system: System): Promise<void> {
    const segment = await system.sql('SELECT pg_walfile_name(pg_switch_wal())');
    await eventually(`${segment} in the store`, 90, async () => (await this.store.files()).join().includes(segment));
  }

  private get destination(): string {
    return `s3:/${new URL(this.store.url).pathname}/database`;
  }

  private objectStore(): object {
    const configuration = {
      destinationPath: this.destination,
      endpointURL: new URL(this.store.url).origin,
      s3Credentials: { accessKeyId: { name: SECRET, key: 'id' }, secretAccessKey: { name: SECRET, key: 'key' } },
      wal: { compression: 'gzip' },
    };
    const metadata = { name: OBJECT, namespace: this.namespace };
    return { apiVersion: 'barmancloud.cnpg.io/v1', kind: 'ObjectStore', metadata, spec: { configuration } };
  }
}
