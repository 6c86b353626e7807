import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { MatrixAccounts } from './accounts';
import { ADMIN_USERNAME, checkedAdminUsername } from './accounts/account-names';
import { MatrixBackups } from './backups';
import { MatrixDiscovery } from './discovery';
import { MatrixEdge } from './edge';
import { checkedNamespace } from './kubernetes/metadata/names';
import { checkNothingIsInVain } from './matrix-chart-checks';
import type { MatrixChartProps } from './matrix-chart-props';
import { type IMatrixPostgres, MatrixPostgres } from './postgres';
import { MatrixSecrets, type SystemSecrets } from './secrets';
import { MatrixSynapse } from './synapse';

/**
 * A whole Matrix system in one namespace: the parts, wired together.
 *
 * For another composition put the same parts into a Chart of your own.
 */
export class MatrixChart extends Chart {
  public readonly secrets: SystemSecrets;
  public readonly postgres: IMatrixPostgres;
  public readonly synapse: MatrixSynapse;
  /** Undefined when it was left out. */
  public readonly discovery?: MatrixDiscovery;
  public readonly edge: MatrixEdge;
  /** Undefined when it was left out. */
  public readonly accounts?: MatrixAccounts;
  /** Undefined when it was left out, or the database is managed elsewhere. */
  public readonly backups?: MatrixBackups;

  constructor(scope: Construct, id: string, props: MatrixChartProps) {
    super(scope, id, { namespace: checkedNamespace('namespace', props.namespace), disableResourceNameHashes: true });
    checkNothingIsInVain(props);
    const { namePrefix, storageClass, size, imageRegistry, imagePullSecrets } = props;
    const images = { images: props.images, imageRegistry, imagePullSecrets };
    const database = props.database ?? 'synapse';
    const user = props.databaseUser ?? 'synapse_user';
    const adminUsername = checkedAdminUsername(props.adminUsername ?? ADMIN_USERNAME, props.serverName);

    this.secrets = (props.secrets ?? MatrixSecrets.generated()).bind(this, 'Secrets', {
      namePrefix,
      ...images,
      ...(props.postgres ? {} : { database, user }),
      ...((props.withAccounts ?? true) ? { adminUsername } : {}),
    });
    const { secrets } = this;
    const storage = props.databaseStorage;
    const inCluster = props.postgres
      ? undefined
      : new MatrixPostgres(this, 'Postgres', {
          ...images,
          secrets,
          database,
          user,
          size,
          storage,
          storageClass,
          namePrefix,
        });
    this.postgres = (props.postgres ?? inCluster) as IMatrixPostgres;
    this.synapse = new MatrixSynapse(this, 'Synapse', {
      ...props,
      postgres: this.postgres,
      secrets,
      storage: props.mediaStorage,
    });
    if (props.withDiscovery ?? true) {
      const { serverName, publicBaseUrl, federationHost, extraClientContent, supportContacts, supportPage } = props;
      const own = { serverName, publicBaseUrl, federationHost, extraClientContent, supportContacts, supportPage };
      this.discovery = new MatrixDiscovery(this, 'Discovery', {
        ...images,
        namePrefix,
        sites: [own, ...(props.furtherSites ?? [])],
        // Through the edge, as everybody else.
        clients: [],
      });
    }
    const { synapse, discovery } = this;
    this.edge = new MatrixEdge(this, 'Edge', { ...props, synapse, discovery });
    if (props.withAccounts ?? (secrets.adminPassword || props.adminUsername !== undefined || props.serviceAccounts)) {
      const { adminHost: host, adminPort: port } = this.edge;
      this.accounts = new MatrixAccounts(this, 'Accounts', { ...props, secrets, homeserver: { host, port } });
      this.edge.allowAdminFrom(this.accounts);
    }
    if (inCluster && (props.withBackups ?? true)) {
      this.backups = new MatrixBackups(this, 'Backups', {
        ...props,
        namePrefix,
        postgres: inCluster,
        synapse: this.synapse,
        secrets,
      });
    } else if (props.withBackups) {
      throw new Error(
        'withBackups is true, but the database is managed elsewhere and its backups are its own: leave withBackups out, and back up media and signing key beside it',
      );
    }
  }
}
