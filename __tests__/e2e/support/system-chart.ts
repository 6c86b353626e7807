import { Size, Testing, Yaml } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import {
  BackupRepository,
  Backups,
  Discovery,
  Federation,
  HomeserverConfig,
  type ImageSource,
  MatrixChart,
  type MediaStorage,
  type Monitoring,
  type OidcProvider,
  Peer,
  Postgres,
  Scaling,
  Workers,
  type WorkersOptions,
} from '../../../lib';

/** Changes that an operator may make. */
export interface Changes {
  readonly homeserver?: Parameters<HomeserverConfig['extend']>[0];
  readonly postgres?: { [parameter: string]: string };
  /** Instead of the database in the cluster, without backups. */
  readonly database?: Postgres;
  readonly clientDocument?: { [key: string]: unknown };
  readonly repository?: BackupRepository;
  readonly workers?: WorkersOptions;
  readonly media?: MediaStorage;
  readonly oidcProviders?: OidcProvider[];
  readonly images?: ImageSource;
  readonly monitoring?: Monitoring;
}

/** Requests that let many workers fit on a small node. */
export const SMALL_WORKERS = { cpu: Cpu.millis(10), memory: Size.mebibytes(64), memoryLimit: Size.mebibytes(1024) };

/** One of each kind: any pod will do, and one that others know by name. */
export const FEW_WORKERS = Workers.of({ sync: Scaling.fixed(1), eventPersisters: 1, resources: SMALL_WORKERS });

/** Lets two systems be updated at once on a node with two cores: the new Synapse stands by beside the old one. */
export const frugal = (manifest: string) => manifest.replaceAll('cpu: 300m', 'cpu: 100m');

/** The manifest of the system of main.ts in another namespace, changed, and without an entry from outside. */
export function changedSystem(namespace: string, changes: Changes): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    images: changes.images,
    postgres: changes.database ?? Postgres.inCluster({ parameters: changes.postgres }),
    synapse: {
      config: HomeserverConfig.oriso().extend(changes.homeserver ?? {}),
      federation: Federation.OPEN,
      unauthenticatedMedia: true,
      media: changes.media,
      oidcProviders: changes.oidcProviders,
    },
    workers: Workers.of({ ...changes.workers, resources: SMALL_WORKERS }),
    edge: { allowedAdmins: [Peer.pods({ app: 'userservice' })] },
    discovery: Discovery.served({ extraClientContent: changes.clientDocument }),
    backups: changes.database ? Backups.none() : Backups.to(changes.repository ?? BackupRepository.claim()),
    monitoring: changes.monitoring,
  });
  return frugal(Yaml.stringify(...chart.toJson()));
}
