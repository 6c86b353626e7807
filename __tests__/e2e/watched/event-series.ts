/** Series that exist only from an event on that the test does not cause, by a part of their selector. */
export const EVENT_SERIES: { [part: string]: string } = {
  synapse_http_httppusher_http_pushes_failed_total: 'from the first push that fails; no push gateway is configured',
  synapse_http_httppusher_http_pushes_processed_total: 'from the first push; no push gateway is configured',
  'app="matrix-synapse-sync"': 'only with workers',
  'deployment="matrix-valkey"': 'only with workers',
  synapse_notifier_wait_for_stream_token_timeouts_total: 'only with workers',
  matrix_media_bucket_failures_total: 'only with media in a bucket',
  'cronjob=~"matrix-media-offload"': 'only with media in a bucket',
  synapse_appservice_api_failed_transactions_total: 'only with application services',
  'servlet=~"SyncRestServlet|SlidingSyncRestServlet",code=~"5.."': 'from the first sync that fails',
  'code="429"': 'from the first request that is refused as one too many',
  kube_cronjob_status_last_successful_time: 'from the first rotation on',
  matrix_drill_last_success_timestamp_seconds: 'from the first drill on',
  matrix_dump_last_success_timestamp_seconds: 'from the first dump on',
  matrix_prune_last_success_timestamp_seconds: 'from the first prune on',
};
