import { type Case, histogram } from './cases';

const TIME = 'synapse_http_server_response_time_seconds';
const WORKER = 'app="matrix-synapse-sync"';
const TIMEOUTS = `synapse_notifier_wait_for_stream_token_timeouts_total{${WORKER},stream_key="room_key"}`;
const PROGRESS = 'kube_deployment_status_condition{deployment="matrix-synapse",condition="Progressing",status="false"}';
const VALKEY = 'kube_deployment_status_replicas_available{deployment="matrix-valkey"}';
const SEND = 'servlet="RoomSendEventRestServlet"';
const SYNC = 'servlet="SyncRestServlet"';
const sends = (within: number, total: number) => ({
  [`${TIME}_bucket{${SEND},code="200",le="1.0"}`]: `0+${within}x1000`,
  [`${TIME}_count{${SEND},code="200"}`]: `0+${total}x1000`,
});
const syncs = (failed: number, total: number) => ({
  [`${TIME}_count{${SYNC},code="500"}`]: `0+${failed}x100`,
  [`${TIME}_count{${SYNC},code="200"}`]: `0+${total - failed}x100`,
});
const received = { [`synapse_http_server_requests_received_total{${SEND}}`]: '0+10x100' };
const persisted = 'synapse_storage_events_persisted_events_total';
const update = 'synapse_background_update_status{database_name="master"}';
const databaseThreads = (working: string) => ({
  'synapse_threadpool_working_threads{name="database-master"}': working,
  'synapse_threadpool_max_threads{name="database-master"}': '10x40',
});
const pushes = 'synapse_http_httppusher_http_pushes';
const ends = (all: number) => ({
  'synapse_forward_extremities_bucket{le="10.0"}': '5x300',
  synapse_forward_extremities_gcount: `${all}x300`,
});

/** The process, the database behind it, and the objectives. */
export const SYNAPSE: Case[] = [
  {
    alert: 'MatrixSynapseDown',
    minutes: 6,
    fires: [{ up: '0x10' }, {}],
    silent: [{ up: '1x10' }, { up: '1x3 0x1 1x10' }, { up: '0x10', 'up{pod="new"}': '1x10' }],
  },
  {
    alert: 'MatrixSynapseUpdateStuck',
    minutes: 1,
    fires: [{ [PROGRESS]: '1x10' }],
    silent: [{ [PROGRESS]: '0x10' }, { [PROGRESS.replace('matrix-synapse', 'other')]: '1x10' }, {}],
  },
  {
    alert: 'MatrixWorkerDown',
    minutes: 6,
    fires: [{ [`up{${WORKER}}`]: '0x10' }, {}],
    silent: [{ [`up{${WORKER}}`]: '1x10' }, { [`up{${WORKER}}`]: '0x10', [`up{${WORKER},pod="new"}`]: '1x10' }],
  },
  {
    alert: 'MatrixValkeyDown',
    minutes: 3,
    fires: [{ [VALKEY]: '0x10' }],
    // Replaced by another pod, and another system's.
    silent: [{ [VALKEY]: '1 0 1x10' }, { [VALKEY.replace('matrix-', 'other-')]: '0x10' }, {}],
  },
  {
    alert: 'MatrixReplicationBehind',
    minutes: 25,
    fires: [
      { [TIMEOUTS]: '0+1x30' },
      // Seldom, but again and again; and of the main process.
      { [TIMEOUTS]: '1x5 2x6 3x6 4x10' },
      { [TIMEOUTS.replace('-sync', '')]: '0+1x30' },
    ],
    // Such as of one client, or from before a restart.
    silent: [{ [TIMEOUTS]: '0x19 1x30' }, { [TIMEOUTS]: '7x30' }, {}],
  },
  {
    alert: 'MatrixSynapseRestarts',
    minutes: 30,
    fires: [{ process_start_time_seconds: '1 1 1 7 7 9 9 11x40' }],
    silent: [
      { process_start_time_seconds: '1 1 1 7 7 9 9 9x40' },
      // Replaced by another pod.
      {
        'process_start_time_seconds{pod="old"}': '1 1 1 7 7 9 9 11x10',
        'process_start_time_seconds{pod="new"}': '_x12 1x40',
      },
    ],
  },
  {
    alert: 'MatrixSynapseStalled',
    minutes: 5,
    fires: [{ python_twisted_reactor_last_seen: '45x10' }],
    silent: [{ python_twisted_reactor_last_seen: '2x10' }, {}],
  },
  {
    alert: 'MatrixSynapseSlow',
    minutes: 30,
    fires: [histogram('python_twisted_reactor_tick_time', '0.5', 90)],
    silent: [histogram('python_twisted_reactor_tick_time', '0.5', 100)],
  },
  {
    alert: 'MatrixDatabasePoolExhausted',
    minutes: 15,
    fires: [histogram('synapse_storage_schedule_time', '0.5', 90), databaseThreads('10x30')],
    silent: [histogram('synapse_storage_schedule_time', '0.5', 100), databaseThreads('10 10 3 10 10 10 3x30')],
  },
  {
    alert: 'MatrixDatabaseSlow',
    minutes: 30,
    fires: [histogram('synapse_storage_query_time', '1.0', 90)],
    silent: [histogram('synapse_storage_query_time', '1.0', 100)],
  },
  {
    alert: 'MatrixSynapseMemory',
    minutes: 20,
    fires: [{ process_resident_memory_bytes: '2000000000x30' }],
    silent: [{ process_resident_memory_bytes: '500000000x30' }],
  },
  {
    alert: 'MatrixSynapseFiles',
    minutes: 15,
    fires: [{ process_open_fds: '900x30', process_max_fds: '1000x30' }],
    silent: [{ process_open_fds: '90x30', process_max_fds: '1000x30' }],
  },
  {
    alert: 'MatrixSynapseThreads',
    minutes: 20,
    fires: [
      {
        'synapse_threadpool_working_threads{name="default"}': '10x30',
        'synapse_threadpool_max_threads{name="default"}': '10x30',
      },
    ],
    silent: [
      {
        'synapse_threadpool_working_threads{name="default"}': '3x30',
        'synapse_threadpool_max_threads{name="default"}': '10x30',
      },
    ],
  },
  {
    alert: 'MatrixMediaBucketFailing',
    minutes: 20,
    fires: [{ 'matrix_media_bucket_failures_total{operation="store"}': '0+1x30' }],
    silent: [
      // Before the first failure, and where one is over.
      { 'matrix_media_bucket_failures_total{operation="fetch"}': '0x30' },
      { 'matrix_media_bucket_failures_total{operation="fetch"}': '0 3x30' },
      {},
    ],
  },
  {
    alert: 'MatrixMediaOffloadOverdue',
    minutes: 90,
    fires: [
      { 'kube_cronjob_created{cronjob="matrix-media-offload"}': `${-3 * 86_400}x100` },
      // kube-state-metrics is away.
      {},
    ],
    silent: [{ 'kube_cronjob_created{cronjob="matrix-media-offload"}': '0x100' }],
  },
  {
    alert: 'MatrixMediaVolumeFull',
    minutes: 15,
    fires: [{ matrix_media_volume_free_bytes: '5x30', matrix_media_volume_size_bytes: '100x30' }],
    silent: [{ matrix_media_volume_free_bytes: '50x30', matrix_media_volume_size_bytes: '100x30' }, {}],
  },
  {
    alert: 'MatrixBackgroundUpdateStuck',
    minutes: 1450,
    fires: [{ [update]: '2x1500' }, { [update]: '1x1500' }, { [update]: '0x1500' }],
    silent: [{ [update]: '3x1500' }, { [update]: '2x700 3x800' }],
  },
  {
    alert: 'MatrixBackgroundUpdateAborted',
    minutes: 2,
    fires: [{ [update]: '-1x5' }],
    silent: [{ [update]: '2x5' }],
  },
  { alert: 'MatrixForwardExtremities', minutes: 130, fires: [ends(7)], silent: [ends(5), {}] },
  { alert: 'MatrixSendSlow', minutes: 70, fires: [sends(5, 10)], silent: [sends(10, 10), sends(0.1, 0.5), {}] },
  { alert: 'MatrixSendSlowly', minutes: 420, fires: [sends(90, 100)], silent: [sends(97, 100)] },
  { alert: 'MatrixSyncFailing', minutes: 25, fires: [syncs(10, 100)], silent: [syncs(1, 100), {}] },
  {
    alert: 'MatrixNothingPersisted',
    minutes: 20,
    fires: [{ ...received, [persisted]: '100x100' }, received],
    silent: [
      { ...received, [persisted]: '0+10x100' },
      { ...received, [persisted]: '100x100', [`${TIME}_count{${SEND},code="403"}`]: '0+10x100' },
      { [persisted]: '100x100' },
    ],
  },
  {
    alert: 'MatrixPushFailing',
    minutes: 50,
    fires: [
      { [`${pushes}_failed_total`]: '0+10x100' },
      { [`${pushes}_failed_total`]: '0+8x100', [`${pushes}_processed_total`]: '0+2x100' },
    ],
    silent: [{ [`${pushes}_failed_total`]: '0+1x100', [`${pushes}_processed_total`]: '0+9x100' }, {}],
  },
  {
    alert: 'MatrixClientsThrottled',
    minutes: 60,
    fires: [{ 'synapse_http_server_responses_total{method="PUT",code="429"}': '0+60x100' }],
    silent: [{ 'synapse_http_server_responses_total{method="PUT",code="429"}': '0+6x100' }],
  },
  {
    alert: 'MatrixApplicationServiceFailing',
    minutes: 35,
    fires: [{ 'synapse_appservice_api_failed_transactions_total{service="bridge"}': '0+1x100' }],
    silent: [{ 'synapse_appservice_api_failed_transactions_total{service="bridge"}': '7x100' }],
  },
  {
    alert: 'MatrixUserLimit',
    minutes: 70,
    fires: [{ synapse_admin_mau_current: '950x100', synapse_admin_mau_max: '1000x100' }],
    silent: [
      { synapse_admin_mau_current: '500x100', synapse_admin_mau_max: '1000x100' },
      { synapse_admin_mau_current: '5x100', synapse_admin_mau_max: '0x100' },
    ],
  },
];

const position = 'synapse_event_processing_positions{name="federation_sender"}';
const pending = 'synapse_federation_transaction_queue_pending_pdus';
const staged = 'synapse_federation_server_oldest_inbound_pdu_in_staging';

/** Federation. */
export const FEDERATION: Case[] = [
  {
    alert: 'MatrixFederationSenderBehind',
    minutes: 30,
    fires: [{ synapse_event_persisted_position: '100+10x100', [position]: '100x100' }],
    silent: [
      { synapse_event_persisted_position: '101+10x100', [position]: '100+10x100' },
      { synapse_event_persisted_position: '100x100', [position]: '100x100' },
    ],
  },
  {
    alert: 'MatrixFederationInboundStuck',
    minutes: 15,
    fires: [{ [staged]: '700000x30' }],
    silent: [{ [staged]: '5000x30' }],
  },
  {
    alert: 'MatrixFederationBacklog',
    minutes: 50,
    fires: [{ [pending]: '0+50x100' }],
    silent: [{ [pending]: '600x100' }, { [pending]: '0+1x100' }],
  },
];
