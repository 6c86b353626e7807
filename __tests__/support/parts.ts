import { Chart, Testing } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  ExternalPostgres,
  type ExternalPostgresProps,
  MatrixPostgres,
  type MatrixPostgresProps,
  MatrixSynapse,
  type MatrixSynapseProps,
  SecretKey,
  System,
  type SystemProps,
} from '../../lib';
import { k8s } from '../../lib/kubernetes/k8s';
import { find, type Manifest } from './manifests';

/** An empty chart in an app of its own. */
export function emptyChart(): Chart {
  return new Chart(Testing.app(), 'chart', { namespace: 'caritas', disableResourceNameHashes: true });
}

/** A ConfigMap of a chart. */
export function configMapIn(scope: Construct, data: { [name: string]: string }, id = 'Config'): k8s.KubeConfigMap {
  return new k8s.KubeConfigMap(scope, id, { metadata: { name: id.toLowerCase() }, data });
}

const systems = new WeakMap<Construct, System>();

/** The system of a chart; the first call makes it, and only that may have props. */
export function systemIn(scope: Construct, props?: Partial<SystemProps>): System {
  const known = systems.get(scope);
  if (known && !props) {
    return known;
  }
  const system = new System(scope, known ? `System${scope.node.children.length}` : 'System', {
    serverName: 'example.org',
    publicBaseUrl: 'https://matrix.example.org',
    ...props,
  });
  systems.set(scope, system);
  return system;
}

/** The in-cluster database of a chart. */
export function postgresIn(scope: Construct, props: Partial<MatrixPostgresProps> = {}, id = 'Postgres') {
  return new MatrixPostgres(scope, id, { ...props, system: props.system ?? systemIn(scope) });
}

/** A database that is managed elsewhere. */
export function external(props: Partial<ExternalPostgresProps> = {}) {
  return new ExternalPostgres({
    host: 'db.example.org',
    credentials: SecretKey.fromSecretName('db', 'password'),
    ...props,
  });
}

/** Synapse in a chart, by default on a database elsewhere. */
export function synapseIn(scope: Construct, props: Partial<MatrixSynapseProps> = {}, id = 'Synapse') {
  return new MatrixSynapse(scope, id, {
    ...props,
    system: props.system ?? systemIn(scope),
    database: props.database ?? external(),
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

/** References for `Secrets.existing` to what Synapse cannot do without. */
export const EXISTING_SECRETS = {
  signingKey: SecretKey.fromSecretName('vault-identity', 'signing.key'),
  registrationSharedSecret: SecretKey.fromSecretName('vault-synapse', 'registration'),
  macaroonSecretKey: SecretKey.fromSecretName('vault-synapse', 'macaroon'),
  formSecret: SecretKey.fromSecretName('vault-synapse', 'form'),
};
