import type { k8s } from '../../../kubernetes/k8s';
import type { HardenedContainerProps } from '../../../kubernetes/workloads/hardened-pod';
import { resources } from '../../../kubernetes/workloads/resources';
import { configVolume, scratch } from '../../../kubernetes/workloads/volumes';
import type { IMatrixDatabase } from '../../../postgres/database';
import type { BackupFacts } from '../../backup-facts';
import { PROGRAM, programFile } from '../../program/program';
import { TMP } from '../../repository/repository-container';

/** Mount of the restored data. */
export const DRILL: k8s.VolumeMount = { name: 'drill', mountPath: '/drill' };
/** Mount of the drill's own secrets, in memory: random values, and the signing key of the backup. */
export const SECRETS: k8s.VolumeMount = { name: 'secrets', mountPath: '/secrets' };
/** The same for the steps that follow, which cannot change it. */
export const SECRETS_READ: k8s.VolumeMount = { ...SECRETS, readOnly: true };

/** The Synapse of a drill. */
export function drillSynapse({ homeserver }: BackupFacts, ...more: k8s.VolumeMount[]): HardenedContainerProps {
  const config = { name: 'config', mountPath: '/config', readOnly: true };
  return {
    name: 'synapse',
    image: homeserver.image,
    resources: resources(50, 64, 1024),
    args: ['run', '-c', '/config/homeserver.yaml', '-c', programFile(DRILL_YAML)],
    // As in the running system: homeserver.yaml names a module in its folder.
    env: [{ name: 'PYTHONPATH', value: '/config' }],
    volumeMounts: [PROGRAM, DRILL, TMP, SECRETS_READ, config, ...more],
  };
}

/** Volumes of the Synapse of a drill. */
export function synapseVolumes({ homeserver }: BackupFacts): k8s.Volume[] {
  return [configVolume('config', homeserver.configMapName), scratch(SECRETS.name, '1Mi', true)];
}

/** A probe of a server that the next step needs. */
export function lives(command: string[]): k8s.Probe {
  return { exec: { command }, periodSeconds: 1, failureThreshold: 600 };
}

/** File with the settings of the drill's Synapse. */
export const DRILL_YAML = 'drill.yaml';

/** The drill registers an account and logs in with its password, whatever the system itself does. */
const OWN_ACCOUNTS = { matrix_authentication_service: { enabled: false }, password_config: { enabled: true } };

/** The drill's Synapse does by itself what workers do in the system. */
const ONE_PROCESS = {
  redis: { enabled: false },
  instance_map: {},
  stream_writers: {},
  federation_sender_instances: ['master'],
  pusher_instances: ['master'],
  run_background_tasks_on: 'master',
  update_user_directory_from_worker: 'master',
  notify_appservices_from_worker: 'master',
  media_instance_running_background_jobs: 'master',
  enable_media_repo: true,
};

/** How the drill's Synapse connects to a database in its own pod, which needs no password. */
export const IN_POD = { host: '127.0.0.1' };

/**
 * Settings of the drill's Synapse, which are read last and so win: it runs on the restored data and connects to
 * nothing else.
 *
 * @param connection libpq's parameters of the restored database, besides those that it has in common with `server`.
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
 */
export function drillSettings(
  { homeserver }: Pick<BackupFacts, 'homeserver'>,
  server: IMatrixDatabase,
  connection: { [name: string]: string },
): { [name: string]: unknown } {
  return {
    database: {
      name: 'psycopg2',
      args: { ...connection, port: server.port, dbname: server.database, user: server.user, cp_max: 5 },
    },
    listeners: [
      { port: 8008, bind_addresses: ['127.0.0.1'], type: 'http', resources: [{ names: ['client'], compress: false }] },
    ],
    media_store_path: '/drill/media',
    ...(homeserver.mediaBucket ? { media_storage_providers: [] } : {}),
    federation_domain_whitelist: [],
    oidc_providers: [],
    start_pushers: false,
    url_preview_enabled: false,
    enable_metrics: false,
    ...(homeserver.accountsBlockedBy ? OWN_ACCOUNTS : {}),
    ...(homeserver.workerWorkloads.length > 0 ? ONE_PROCESS : {}),
  };
}
