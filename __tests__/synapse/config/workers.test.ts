import type { HomeserverSettings } from '../../../imports/homeserver';
import { check } from '../../support/homeserver';

test.each<[string, HomeserverSettings, string]>([
  ['no process writes a stream', { stream_writers: { events: ['writer1'] } }, 'instance_map has no such process'],
  [
    'one writer of several is missing',
    { stream_writers: { events: ['w1', 'w2'] }, instance_map: { w1: {} } },
    'stream_writers.events names "w2"',
  ],
  [
    'a stream for one has two writers',
    { stream_writers: { typing: ['w1', 'w2'] }, instance_map: { w1: {}, w2: {} } },
    'one writer only',
  ],
  [
    'a duty goes to a misspelt worker',
    { run_background_tasks_on: 'backgroud', instance_map: { background: {} } },
    'background',
  ],
  ['senders do not exist', { federation_sender_instances: ['s1'] }, 'done by nobody'],
  ['pushers do not exist', { pusher_instances: ['p1'] }, 'done by nobody'],
  ['the directory is updated by nobody', { update_user_directory_from_worker: 'x' }, 'done by nobody'],
  ['application services are told by nobody', { notify_appservices_from_worker: 'x' }, 'done by nobody'],
  ['media jobs are run by nobody', { media_instance_running_background_jobs: 'x' }, 'done by nobody'],
  ['servers are reached through nobody', { outbound_federation_restricted_to: ['x'] }, 'done by nobody'],
  ['invites are accepted by nobody', { auto_accept_invites: { worker_to_run_on: 'x' } }, 'done by nobody'],
  ['a stream has no writer at all', { stream_writers: { events: [] } }, 'leave it out for the main process'],
  [
    'the main process is called main in a duty',
    { run_background_tasks_on: 'main', instance_map: { main: {} } },
    'master',
  ],
])('refuses settings when %s', (_, settings, reason) => {
  expect(check(settings)).toEqual([expect.stringContaining(reason)]);
});
