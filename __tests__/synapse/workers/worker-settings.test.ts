import { parse } from 'yaml';
import { Scaling } from '../../../lib';
import type { PlannedWorker } from '../../../lib/synapse/workers/worker-plan';
import { ROLES, type WorkerRole, WRITERS } from '../../../lib/synapse/workers/worker-role';
import { workerFileContent, workerSettings } from '../../../lib/synapse/workers/worker-settings';
import { emptyChart, systemIn } from '../../support/parts';

const settings = (...workers: PlannedWorker[]) => workerSettings(systemIn(emptyChart()), workers, '/secrets');
const alike = (role: WorkerRole): PlannedWorker => ({ role, scaling: Scaling.fixed(2), workloadName: role.name });
const named = (role: WorkerRole, ...podNames: string[]): PlannedWorker => ({ ...alike(role), podNames });
const file = (worker: PlannedWorker) => parse(workerFileContent(worker, { client: 8008, metrics: 9000 }, '/config'));

it('minimal: one process needs none', () => expect(settings()).toEqual({}));

it('names in instance_map only processes with lasting names, and the main process', () => {
  const { instance_map, redis, worker_replication_secret_path } = settings(
    alike(ROLES.sync),
    named(WRITERS.typing, 'typing-0'),
  );
  expect(instance_map).toEqual({
    main: { host: 'matrix-synapse-main', port: 9093 },
    'typing-0': { host: 'typing-0.typing', port: 9093 },
  });
  expect(redis).toEqual({
    enabled: true,
    host: 'matrix-valkey',
    port: 6379,
    password_path: '/secrets/valkey_password',
  });
  expect(worker_replication_secret_path).toBe('/secrets/worker_replication_secret');
});

it('gives streams and duties to the processes', () => {
  const all = [
    named(WRITERS.receipts, 'r-0', 'r-1'),
    named(ROLES.background, 'b-0'),
    named(ROLES.federationSenders, 'f-0', 'f-1'),
  ];
  expect(settings(...all)).toMatchObject({
    stream_writers: { receipts: ['r-0', 'r-1'] },
    run_background_tasks_on: 'b-0',
    notify_appservices_from_worker: 'b-0',
    federation_sender_instances: ['f-0', 'f-1'],
  });
});

it('takes the files from the main process, once there is a media repository', () => {
  expect(settings(alike(ROLES.sync))).not.toHaveProperty('enable_media_repo');
  expect(settings(named(ROLES.media, 'm-0'))).toMatchObject({
    enable_media_repo: false,
    stream_writers: { quarantined_media_changes: ['m-0'] },
  });
});

it('lets a worker listen for what it answers, and for other processes when they know it', () => {
  const names = (worker: PlannedWorker) =>
    file(worker).worker_listeners.flatMap(({ resources = [] }) =>
      resources.map((one: { names: string[] }) => one.names),
    );
  expect(names(alike(ROLES.sync))).toEqual([['client']]);
  expect(names(named(ROLES.eventPersisters, 'e-0'))).toEqual([[], ['replication']]);
});

it('stores files only in the media repository', () => {
  expect(file(alike(ROLES.client)).media_store_path).toBe('/tmp/media_store');
  expect(file(named(ROLES.media, 'm-0'))).toMatchObject({ worker_app: 'synapse.app.media_repository' });
  expect(file(named(ROLES.media, 'm-0'))).not.toHaveProperty('media_store_path');
});

it('writes the same log as the main process, which never shows a body', () => {
  expect(file(alike(ROLES.client)).worker_log_config).toBe('/config/log-config.yaml');
});
