import { Size } from 'cdk8s';
import { quantity } from '../../kubernetes/checks/quantities';
import type { k8s } from '../../kubernetes/k8s';
import { resources } from '../../kubernetes/workloads/resources';
import { configVolume, scratch } from '../../kubernetes/workloads/volumes';
import type { BackupFacts, DatabaseShare, OwnDatabase } from '../backup-facts';
import { bash, PROGRAM, programFile } from '../program/program';
import { JOB, TMP } from '../repository/repository-container';
import { RECOVERED, TOLD } from './job-pod';

/** Mount of the restored data. */
export const DRILL: k8s.VolumeMount = { name: 'drill', mountPath: '/drill' };
const POSTGRES_CONFIG: k8s.VolumeMount = { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true };
/** Mount of the drill's own secrets, in memory: random values, and the signing key of the backup. */
export const SECRETS: k8s.VolumeMount = { name: 'secrets', mountPath: '/secrets' };
const SECRETS_READ: k8s.VolumeMount = { ...SECRETS, readOnly: true };
const SHARED_MEMORY: k8s.VolumeMount = { name: 'shared-memory', mountPath: '/dev/shm' };

/** Init containers that keep running beside the check. */
export const SIDECARS = ['postgres', 'synapse'];

/**
 * The restored system: a step that recovers the database, and PostgreSQL and Synapse on it. All of it ends with the
 * pod.
 */
export function drillSystem(facts: BackupFacts, { server, backup }: OwnDatabase): DatabaseShare {
  const { homeserver } = facts;
  const postgres = {
    image: backup.image,
    resources: { ...JOB, memory: Size.mebibytes(32), memoryLimit: backup.resources.memoryLimit },
  };
  const env = [
    { name: 'DATABASE_NAME', value: server.database },
    { name: 'DATABASE_USER', value: server.user },
  ];
  const lives = (command: string[]): k8s.Probe => ({ exec: { command }, periodSeconds: 1, failureThreshold: 600 });
  return {
    steps: [
      {
        ...postgres,
        name: 'recover',
        command: bash('drill-database.sh'),
        env,
        // Not the WAL archive: a drill proves what is in the repository, and the archive changes meanwhile.
        volumeMounts: [PROGRAM, DRILL, TOLD, RECOVERED, TMP, POSTGRES_CONFIG, SHARED_MEMORY],
      },
      {
        ...postgres,
        name: 'postgres',
        command: bash('drill-postgres.sh'),
        env,
        volumeMounts: [PROGRAM, DRILL, TMP, POSTGRES_CONFIG, SHARED_MEMORY],
        startupProbe: lives(['pg_isready', '--quiet', '--host=127.0.0.1']),
      },
      {
        name: 'synapse',
        image: homeserver.image,
        resources: resources(50, 64, 1024),
        args: ['run', '-c', '/config/homeserver.yaml', '-c', programFile(DRILL_YAML)],
        // As in the running system: homeserver.yaml names a module in its folder.
        env: [{ name: 'PYTHONPATH', value: '/config' }],
        volumeMounts: [PROGRAM, DRILL, TMP, SECRETS_READ, { name: 'config', mountPath: '/config', readOnly: true }],
        startupProbe: lives(['curl', '--fail', '--silent', 'http://127.0.0.1:8008/health']),
      },
    ],
    volumeMounts: [SECRETS_READ, { ...RECOVERED, readOnly: true }],
    volumes: [
      configVolume('postgres-config', backup.configMapName),
      configVolume('config', homeserver.configMapName),
      scratch(SECRETS.name, '1Mi', true),
      scratch('shared-memory', '256Mi', true),
    ],
  };
}

/** A separate volume for the restored database, as large as that of the running one. */
export function drillVolume({ system }: BackupFacts, { backup }: OwnDatabase): k8s.Volume {
  const spec = {
    accessModes: ['ReadWriteOnce'],
    storageClassName: system.storageClass,
    resources: { requests: { storage: quantity(backup.storage) } },
  };
  return { name: DRILL.name, ephemeral: { volumeClaimTemplate: { spec } } };
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

/**
 * Settings of the drill's Synapse, which are read last and so win: it runs on the restored data and connects to
 * nothing else.
 *
 * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
 */
export function drillSettings(
  { homeserver }: Pick<BackupFacts, 'homeserver'>,
  { server }: OwnDatabase,
): { [name: string]: unknown } {
  return {
    database: {
      name: 'psycopg2',
      args: { host: '127.0.0.1', port: server.port, dbname: server.database, user: server.user, cp_max: 5 },
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
