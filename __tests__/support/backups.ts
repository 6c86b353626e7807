import {
  BackupRepository,
  type MatrixPostgres,
  type MatrixPostgresProps,
  type MatrixSynapse,
  SecretKey,
} from '../../lib';
import type { BackupContext } from '../../lib/backups/jobs/backup-context';
import { IMAGES } from '../../lib/kubernetes/images/image';
import type { Manifest } from './manifests';
import { ALL_SECRETS, emptyChart, postgresIn, synapseIn } from './parts';

const user = (secretName: string) => ({
  accessKeyId: SecretKey.of(secretName, 'id'),
  secretAccessKey: SecretKey.of(secretName, 'key'),
});

/** A repository in a store, where only the pruner may remove anything. */
export const IN_STORE = BackupRepository.s3({
  endpoint: 'https://s3.example.org',
  bucket: 'backups',
  credentials: user('writer'),
  pruneCredentials: user('pruner'),
  appendOnly: true,
  caCertificate: SecretKey.of('authority', 'ca.crt'),
});

/** What the pods of the backups are made of, and the chart that it is in. */
export function backupContext(props: Partial<BackupContext> & Pick<MatrixPostgresProps, 'namePrefix'> = {}) {
  const chart = emptyChart();
  const { namePrefix } = props;
  const postgres: MatrixPostgres = postgresIn(chart, { namePrefix });
  const synapse: MatrixSynapse = synapseIn(chart, { postgres, namePrefix });
  const context: BackupContext = {
    postgres,
    synapse,
    repository: BackupRepository.claim(),
    resticImage: IMAGES.restic,
    imagePullSecrets: [],
    repositoryPassword: ALL_SECRETS.repositoryPassword,
    claimName: 'sets',
    configMapName: 'scripts',
    agentLabels: { app: 'agent' },
    ...props,
  };
  return { chart, context };
}

/** Where a container has a path, or a volume. */
export function mountOf({ volumeMounts }: Manifest, path: string): Manifest {
  return volumeMounts.find(({ mountPath }: Manifest) => mountPath === path);
}

/** A container's variables that are no references. */
export function valuesOf({ env = [] }: Manifest): { [name: string]: string } {
  return Object.fromEntries(env.map(({ name, value }: Manifest) => [name, value]));
}

/** Secrets that a container's variables refer to, each once. */
export function secretsIn({ env = [] }: Manifest): string[] {
  const names = env.flatMap(({ valueFrom }: Manifest) => valueFrom?.secretKeyRef?.name ?? []);
  return [...new Set<string>(names)].sort();
}
