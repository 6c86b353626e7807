import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import { MatrixPostgres, type MatrixPostgresProps, MatrixSynapse, type MatrixSynapseProps, SecretKey } from '../../lib';
import { find, type Manifest } from './manifests';
import { EXISTING_SECRETS } from './systems';

/** References to the Secrets of a system with its own database. */
export const ALL_SECRETS = {
  ...EXISTING_SECRETS,
  databasePassword: SecretKey.of('database', 'password'),
  backupPassword: SecretKey.of('database', 'backup'),
  repositoryPassword: SecretKey.of('repository', 'password'),
};

/** An empty chart in an app of its own. */
export function emptyChart(): Chart {
  return new Chart(Testing.app(), 'chart', { namespace: 'caritas' });
}

/** The in-cluster database of a chart. */
export function postgresIn(scope: Construct, props: Partial<MatrixPostgresProps> = {}, id = 'Postgres') {
  return new MatrixPostgres(scope, id, { secrets: ALL_SECRETS, ...props });
}

/** A database that is managed elsewhere. */
export function external(props: Partial<Parameters<typeof MatrixPostgres.external>[0]> = {}) {
  return MatrixPostgres.external({ host: 'db.example.org', credentials: SecretKey.of('db', 'password'), ...props });
}

/** Synapse in a chart, by default on a database elsewhere. */
export function synapseIn(scope: Construct, props: Partial<MatrixSynapseProps> = {}, id = 'Synapse') {
  return new MatrixSynapse(scope, id, {
    serverName: 'example.org',
    publicBaseUrl: 'https://matrix.example.org',
    postgres: props.postgres ?? external(),
    secrets: EXISTING_SECRETS,
    ...props,
  });
}

/** One rendered object of a chart. */
export function renderedIn(chart: Chart, kind: string, name: string): Manifest {
  return find(Testing.synth(chart), kind, name);
}

/** For callers without types. */
export function untyped<T>(value: unknown): T {
  return value as T;
}
