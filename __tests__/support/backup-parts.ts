import { Chart, Testing } from 'cdk8s';
import { type BackupOptions, BackupRepository, MatrixBackups, type MatrixBackupsProps } from '../../lib/backups';
import { BackupFacts } from '../../lib/backups/backup-facts';
import { checkedPlan } from '../../lib/backups/backup-plan';
import { objectsOf } from '../../lib/kubernetes/metadata/objects';
import { type ISecretKey, SecretKey } from '../../lib/kubernetes/secret-key';
import {
  type CloudNativePgOptions,
  CloudNativePostgres,
  ClusterBackup,
  ExternalPostgres,
  type IMatrixDatabase,
  MatrixPostgres,
  type PostgresOptions,
} from '../../lib/postgres';
import { Secrets } from '../../lib/secrets';
import { MatrixSynapse, type SynapseOptions } from '../../lib/synapse';
import { System, type SystemProps } from '../../lib/system';
import { find, type Manifest } from './manifests';

const secret = SecretKey.fromSecretName;

/** Secrets that exist in the namespace. */
const EXISTING = {
  signingKey: secret('vault-identity', 'signing.key'),
  registrationSharedSecret: secret('vault-synapse', 'registration'),
  macaroonSecretKey: secret('vault-synapse', 'macaroon'),
  formSecret: secret('vault-synapse', 'form'),
  repositoryPassword: secret('repository', 'password'),
};

const user = (secretName: string) => ({
  accessKeyId: secret(secretName, 'id'),
  secretAccessKey: secret(secretName, 'key'),
});

/** A repository in a store, from which only the prune job can remove backups. */
export const IN_STORE = BackupRepository.s3({
  endpoint: 'https://s3.example.org',
  bucket: 'backups',
  credentials: user('writer'),
  pruneCredentials: user('pruner'),
  appendOnly: true,
  caCertificate: secret('authority', 'ca.crt'),
});

/** A replicated database that its operator backs up. */
export const BACKED_UP_BY_OPERATOR: CloudNativePgOptions = {
  backup: ClusterBackup.plugin({ objectStore: 'database-backups' }),
};

/** Changes of a system with backups. */
export interface BackedUpSystem {
  /** Whether the database is managed elsewhere. @default false */
  readonly managed?: boolean;
  /** Options of a replicated database. @default - it is not replicated */
  readonly replicated?: CloudNativePgOptions;
  readonly system?: Partial<SystemProps>;
  readonly postgres?: PostgresOptions;
  readonly synapse?: SynapseOptions;
  readonly secrets?: { [alias: string]: ISecretKey };
  readonly repository?: BackupRepository;
  readonly furtherSecrets?: ISecretKey[];
}

/** A chart with everything that backups need, but without backups. */
export function partsOf(changes: BackedUpSystem = {}) {
  const { managed = false, replicated } = changes;
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'caritas', disableResourceNameHashes: true });
  const database = {
    databasePassword: secret('database', 'password'),
    backupPassword: secret('database', 'backup'),
  };
  const system = new System(chart, 'System', {
    serverName: 'example.org',
    publicBaseUrl: 'https://matrix.example.org',
    secrets: Secrets.existing({ ...EXISTING, ...(managed || replicated ? {} : database), ...changes.secrets }),
    ...changes.system,
  });
  const postgres: IMatrixDatabase = managed
    ? new ExternalPostgres({ host: 'db.example.org', credentials: secret('managed', 'password') })
    : replicated
      ? new CloudNativePostgres(chart, 'Postgres', { system, ...replicated })
      : new MatrixPostgres(chart, 'Postgres', { system, ...changes.postgres });
  const homeserver = new MatrixSynapse(chart, 'Synapse', { system, database: postgres, ...changes.synapse });
  return { chart, system, database: postgres, homeserver };
}

/** Kind and name of each object of a chart, such as `CronJob matrix-backup`. The chart may be incomplete. */
export function keysIn(chart: Chart): string[] {
  return objectsOf(chart).map(({ kind, name }) => `${kind} ${name}`);
}

/** Facts and settings for the jobs of a system. */
export function factsOf(changes: BackedUpSystem = {}, options: BackupOptions = {}) {
  const { chart, ...parts } = partsOf(changes);
  const repository = changes.repository ?? BackupRepository.claim();
  const facts = new BackupFacts({ ...parts, furtherSecrets: changes.furtherSecrets }, repository);
  const before = keysIn(chart);
  return {
    ...parts,
    chart,
    facts,
    plan: checkedPlan(options, facts.managed),
    /** Objects that were rendered since then. */
    keys: () => keysIn(chart).filter((key) => !before.includes(key)),
    get: (kind: string, name: string): Manifest => find(Testing.synth(chart), kind, name),
  };
}

/** A system with its backups. */
export function backedUp(changes: BackedUpSystem = {}, options: Partial<MatrixBackupsProps> = {}) {
  const { chart, ...parts } = partsOf(changes);
  const before = keysIn(chart);
  const { repository, furtherSecrets } = changes;
  const backups = new MatrixBackups(chart, 'Backups', { ...parts, repository, furtherSecrets, ...options });
  const manifests: Manifest[] = Testing.synth(chart);
  const prefix = changes.system?.namePrefix ?? '';
  return {
    ...parts,
    chart,
    backups,
    manifests,
    keys: keysIn(chart).filter((key) => !before.includes(key)),
    get: (kind: string, name: string): Manifest => find(Testing.synth(chart), kind, `${prefix}${name}`),
  };
}

/** The mount of a container at a path. */
export function mountOf({ volumeMounts }: Manifest, path: string): Manifest {
  return volumeMounts.find(({ mountPath }: Manifest) => mountPath === path);
}

/** Paths that a container can write to. */
export function writableIn({ volumeMounts }: Manifest): string[] {
  return volumeMounts.filter(({ readOnly }: Manifest) => !readOnly).map(({ mountPath }: Manifest) => mountPath);
}

/** A container's variables that are not references. */
export function valuesOf({ env = [] }: Manifest): { [name: string]: string } {
  return Object.fromEntries(env.map(({ name, value }: Manifest) => [name, value]));
}

/** Secrets that a container's variables refer to, each once. */
export function secretsIn({ env = [] }: Manifest): string[] {
  const names = env.flatMap(({ valueFrom }: Manifest) => valueFrom?.secretKeyRef?.name ?? []);
  return [...new Set<string>(names)].sort();
}

/** A volume of a pod. */
export function volumeOf({ volumes }: Manifest, name: string): Manifest {
  return volumes.find((volume: Manifest) => volume.name === name);
}

/** Ports that a policy allows connections to. */
export function egressPorts({ egress = [] }: Manifest): number[] {
  return egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port));
}

/** What a job connects to that uses only the repository: in words, the changes of the system, and the ports. */
export const REPOSITORY_ONLY: [string, BackedUpSystem, number[]][] = [
  ['nothing', {}, []],
  ['a store', { repository: IN_STORE }, [53, 53, 443]],
];

/** Fails unless a policy allows connections to these ports only, besides the second port of DNS, and none to its pods. */
export function expectOnlyEgress(policy: Manifest, ports: number[]): void {
  expect([policy.policyTypes, policy.ingress]).toEqual([['Ingress', 'Egress'], undefined]);
  expect(egressPorts(policy).filter((port) => port !== 5353)).toEqual(ports);
}

/** The pod of a rendered job. */
export function podOfJob({ spec }: Manifest): Manifest {
  return spec.jobTemplate.spec.template.spec;
}

/** For callers without types. */
export function untyped<T>(value: unknown): T {
  return value as T;
}
