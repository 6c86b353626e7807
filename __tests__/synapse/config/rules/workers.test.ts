import type { HomeserverSettings } from '../../../../imports/homeserver';
import { check, PLACE } from '../../../support/homeserver';

test.each<[string, HomeserverSettings, string]>([
  [
    'the writer of a stream does not exist',
    { stream_writers: { events: ['writer1'] } },
    'instance_map has no such process',
  ],
  [
    'one writer of several is missing',
    { stream_writers: { events: ['w1', 'w2'] }, instance_map: { w1: PLACE } },
    'stream_writers.events names "w2"',
  ],
  [
    'a stream for one has two writers',
    { stream_writers: { typing: ['w1', 'w2'] }, instance_map: { w1: PLACE, w2: PLACE } },
    'only one writer',
  ],
  [
    'a duty goes to a misspelt worker',
    { run_background_tasks_on: 'backgroud', instance_map: { background: PLACE } },
    'background',
  ],
  ['federation senders do not exist', { federation_sender_instances: ['s1'] }, 'would not be done'],
  ['pushers do not exist', { pusher_instances: ['p1'] }, 'would not be done'],
  [
    'the worker that updates the directory does not exist',
    { update_user_directory_from_worker: 'x' },
    'would not be done',
  ],
  [
    'the worker that notifies application services does not exist',
    { notify_appservices_from_worker: 'x' },
    'would not be done',
  ],
  [
    'the worker that runs media jobs does not exist',
    { media_instance_running_background_jobs: 'x' },
    'would not be done',
  ],
  [
    'the worker that reaches other servers does not exist',
    { outbound_federation_restricted_to: ['x'], worker_replication_secret_path: '/secret' },
    'would not be done',
  ],
  [
    'the worker that accepts invites does not exist',
    { auto_accept_invites: { worker_to_run_on: 'x' } },
    'would not be done',
  ],
  ['a stream has no writer at all', { stream_writers: { events: [] } }, 'remove the key to use the main process'],
  [
    'the main process is called main in a duty',
    { run_background_tasks_on: 'main', instance_map: { main: PLACE } },
    'master',
  ],
])('refuses settings when %s', (_, settings, reason) => {
  expect(check(settings)).toEqual([expect.stringContaining(reason)]);
});
