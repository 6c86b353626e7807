import { fileBeside } from '../kubernetes/files';
import { VOLUME } from '../python/python';
import type { HomeserverConfig } from './config/homeserver-config';
import { CONFIG } from './deployment-settings';
import { MEDIA_BUCKET, S3_LOGIN } from './media/media-bucket';
import type { PlannedWorker } from './workers/worker-plan';
import { type WorkerPorts, workerFile, workerFileContent } from './workers/worker-settings';

/** Programs that keep a process of Synapse running. */
const KEEP = ['keep_running.py', 'keeper.py', 'processes.py'];
/** Programs that run before Synapse starts or beside it. */
const START = [
  'database.py',
  'epoch.py',
  'epoch_guard.py',
  'main_health.py',
  'schema.py',
  'start_main.py',
  'table_settings.py',
  'volume_lock.py',
  'wait_for_database.py',
];
/** Code of ours that runs in Synapse. */
const MODULES = [
  'bounded_inbox.py',
  'even_logins.py',
  'media_volume.py',
  'of_synapse.py',
  'orderly_end.py',
  'private_log.py',
];

/** The files of the folder that Synapse reads its configuration from. */
export function configFiles(
  config: HomeserverConfig,
  ports: WorkerPorts,
  workers: PlannedWorker[],
  lookup = false,
): { [name: string]: string } {
  const start = [
    ...START,
    ...(workers.length > 0 ? ['start_worker.py'] : []),
    ...(lookup ? ['register_lookup.py'] : []),
  ];
  const inBucket = config.settings.media_storage_providers?.some(({ module }) => module === MEDIA_BUCKET);
  const modules = [...MODULES, ...(inBucket ? ['media_bucket.py'] : [])];
  return {
    'homeserver.yaml': config.toYaml(),
    ...Object.fromEntries(workers.map((worker) => [workerFile(worker), workerFileContent(worker, ports, CONFIG)])),
    'log-config.yaml': fileBeside(__dirname, 'log-config.yaml'),
    ...Object.fromEntries(KEEP.map((name) => [name, fileBeside(`${__dirname}/keep`, name)])),
    ...Object.fromEntries(start.map((name) => [name, fileBeside(`${__dirname}/start`, name)])),
    ...VOLUME,
    ...Object.fromEntries(modules.map((name) => [name, fileBeside(`${__dirname}/modules`, name)])),
    ...(inBucket ? S3_LOGIN : {}),
  };
}
