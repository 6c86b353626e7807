import { Yaml } from 'cdk8s';
import type { HomeserverSettings } from '../../../imports/homeserver';
import type { System } from '../../system';
import { listener, metricsListener, REPLICATION_PORT } from '../ports';
import { VALKEY_NAME, VALKEY_PORT } from './valkey/valkey';
import type { PlannedWorker } from './worker-plan';

/** File of the secret that processes prove themselves with. */
export const REPLICATION_SECRET_FILE = 'worker_replication_secret';
/** File of the password of Valkey. */
export const VALKEY_PASSWORD_FILE = 'valkey_password';

/**
 * The settings that all processes share: who writes which stream, who has which duty, and where each is reached.
 *
 * @param secrets folder of the secrets' files.
 * @see https://element-hq.github.io/synapse/latest/workers.html#shared-configuration
 */
export function workerSettings(system: System, workers: PlannedWorker[], secrets: string): HomeserverSettings {
  if (workers.length === 0) {
    return {};
  }
  const named = workers.flatMap(({ role, workloadName, podNames = [] }) =>
    podNames.map((name) => ({ role, name, host: `${name}.${workloadName}` })),
  );
  const writers = workers.flatMap(({ role, podNames = [] }) => (role.streams ?? []).map((one) => [one, podNames]));
  const duties = workers.flatMap(({ role, podNames = [] }) =>
    (role.duties ?? []).map((duty) => [duty, duty.endsWith('_instances') ? podNames : podNames[0]]),
  );
  return {
    redis: {
      enabled: true,
      host: system.objectName(VALKEY_NAME),
      port: VALKEY_PORT,
      password_path: `${secrets}/${VALKEY_PASSWORD_FILE}`,
    },
    worker_replication_secret_path: `${secrets}/${REPLICATION_SECRET_FILE}`,
    instance_map: {
      main: { host: system.objectName('matrix-synapse-main'), port: REPLICATION_PORT },
      ...Object.fromEntries(named.map(({ name, host }) => [name, { host, port: REPLICATION_PORT }])),
    },
    ...(writers.length > 0 ? { stream_writers: Object.fromEntries(writers) } : {}),
    ...Object.fromEntries(duties),
    ...(workers.some(({ role }) => role.media) ? { enable_media_repo: false } : {}),
  };
}

/** Ports of a worker's pods. */
export interface WorkerPorts {
  readonly client: number;
  readonly metrics: number;
}

/** Name of the file of a worker's own settings. */
export function workerFile({ role }: PlannedWorker): string {
  return `worker-${role.name}.yaml`;
}

/** Program of a worker. */
export function workerApp({ role }: PlannedWorker): string {
  return `synapse.app.${role.media ? 'media_repository' : 'generic_worker'}`;
}

/**
 * The settings of one worker only; what differs from pod to pod is added when it starts.
 *
 * @param folder folder of the configuration.
 */
export function workerFileContent(worker: PlannedWorker, ports: WorkerPorts, folder: string): string {
  const { role, podNames } = worker;
  return Yaml.stringify({
    worker_app: workerApp(worker),
    // A worker does not read `log_config`.
    worker_log_config: `${folder}/log-config.yaml`,
    worker_listeners: [
      // Without requests to answer it still tells its health here.
      listener(ports.client, role.serves ?? []),
      ...(podNames ? [listener(REPLICATION_PORT, ['replication'])] : []),
      metricsListener(ports.metrics),
    ],
    // It has no claim. Only the media repository stores files.
    ...(role.media ? {} : { media_store_path: '/tmp/media_store' }),
  });
}
