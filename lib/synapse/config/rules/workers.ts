import { closest, distance } from 'fastest-levenshtein';
import type { HomeserverSettings } from '../../../../imports/homeserver';

/** The name of the main process where a task is assigned; in `instance_map` it is called `main`. */
const MAIN = 'master';

/** Streams that can have only one writer. */
const ONE_WRITER = ['typing', 'to_device', 'account_data', 'presence', 'push_rules'];

/** Tasks assigned to processes that do not exist; Synapse reports few of them, and the work is not done. */
export function checkWorkers(settings: HomeserverSettings): string[] {
  const known = [MAIN, ...Object.keys(settings.instance_map ?? {}).filter((name) => name !== 'main')];
  const streams = Object.entries(settings.stream_writers ?? {}) as [string, string | string[]][];
  return [
    ...streams.flatMap(([stream, writers]) => checkStream(stream, [writers].flat())),
    ...tasksOf(settings, streams).flatMap(([key, name]) => checkInstance(key, name, known)),
  ];
}

function tasksOf(s: HomeserverSettings, streams: [string, string | string[]][]): [string, string][] {
  const lists: [string, string | readonly string[] | undefined][] = [
    ...streams.map(([stream, writers]): [string, string | string[]] => [`stream_writers.${stream}`, writers]),
    ['run_background_tasks_on', s.run_background_tasks_on],
    ['federation_sender_instances', s.federation_sender_instances],
    ['pusher_instances', s.pusher_instances],
    ['update_user_directory_from_worker', s.update_user_directory_from_worker],
    ['notify_appservices_from_worker', s.notify_appservices_from_worker],
    ['media_instance_running_background_jobs', s.media_instance_running_background_jobs],
    ['outbound_federation_restricted_to', s.outbound_federation_restricted_to],
    ['auto_accept_invites.worker_to_run_on', s.auto_accept_invites?.worker_to_run_on],
  ];
  return lists.flatMap(([key, names]) => [names ?? []].flat().map((name): [string, string] => [key, name]));
}

function checkStream(stream: string, writers: string[]): string[] {
  const key = `stream_writers.${stream}`;
  if (writers.length === 0)
    return [`${key} is an empty list, but a stream needs a writer: remove the key to use the main process`];
  if (writers.length === 1 || !ONE_WRITER.includes(stream)) return [];
  return [`${key} names ${writers.join(', ')}, but this stream can have only one writer: use one of them`];
}

function checkInstance(key: string, name: string, known: readonly string[]): string[] {
  if (known.includes(name)) return [];
  const value = JSON.stringify(name);
  if (name === 'main') return [`${key} names "main", but here Synapse calls the main process ${MAIN}: use ${MAIN}`];
  const near = closest(name, [...known]);
  const remedy = near !== MAIN && distance(name, near) <= 2 ? `use ${near}` : 'add it there, or use one that exists';
  return [`${key} names ${value}, but instance_map has no such process, so the work would not be done: ${remedy}`];
}
