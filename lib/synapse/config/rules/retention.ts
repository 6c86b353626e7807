import type { HomeserverSettings, RetentionPurgeJobSettings } from '../../../../imports/homeserver';
import { milliseconds } from './order';

/**
 * Settings of `retention` that delete nothing, although they look as if they did: Synapse takes them without a word.
 *
 * @see https://element-hq.github.io/synapse/latest/message_retention_policies.html
 */
export function checkRetention({ retention }: HomeserverSettings): string[] {
  if (!retention) {
    return [];
  }
  const unused = Object.entries(retention).find(([key, value]) => key !== 'enabled' && value !== null);
  if (unused && retention.enabled !== true) {
    const given = retention.enabled === undefined ? 'not set' : JSON.stringify(retention.enabled);
    return [
      `retention.${unused[0]} is set, but retention.enabled is ${given}, so that no message would ever be deleted: set retention.enabled to true, or remove retention`,
    ];
  }
  const lifetime = retention.default_policy?.max_lifetime;
  const jobs = retention.purge_jobs ?? [];
  // Without any, Synapse has one for all rooms.
  if (lifetime === undefined || lifetime === null || jobs.length === 0 || jobs.some((job) => covers(job, lifetime))) {
    return [];
  }
  return [
    `retention.default_policy.max_lifetime is ${JSON.stringify(lifetime)}, but none of retention.purge_jobs is for rooms of that lifetime, so that their messages would stay: ` +
      'give one of them a shortest_max_lifetime below it and a longest_max_lifetime from it on, or remove purge_jobs',
  ];
}

function covers({ shortest_max_lifetime, longest_max_lifetime }: RetentionPurgeJobSettings, lifetime: string): boolean {
  const [least, most] = [milliseconds(shortest_max_lifetime), milliseconds(longest_max_lifetime)];
  const given = milliseconds(lifetime);
  return !(given <= least) && !(given > most);
}
