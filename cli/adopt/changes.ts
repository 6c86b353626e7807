import { type Installation, named, nodePortOf } from './installation';

/** CronJobs of the original that this project does not have. */
const OLD_JOBS = ['matrix-backup-cronjob-github', 'matrix-keycloak-sync'];

/** What applying the new system changes, and what stays. */
export function changes(installation: Installation): string[] {
  const { settings, workloads, claims, cronJobs } = installation;
  const postgres = named(workloads, 'matrix-postgres')?.spec.template.spec.containers[0].image;
  const port = nodePortOf(installation);
  return [
    ...(settings.database?.name === 'sqlite3'
      ? ['the data is in SQLite: the new Synapse waits until SqliteMigration has moved it into PostgreSQL']
      : []),
    ...(settings.enable_registration ? ['registration is open: it will be closed'] : []),
    ...(federates(installation)
      ? ['other servers can reach it: they will not; synapse: { federation: Federation.OPEN } keeps it so']
      : []),
    ...(postgres && !/postgres(ql)?:17/.test(postgres)
      ? [`${postgres} becomes PostgreSQL 17: the step postgres keeps an empty one aside, and refuses another`]
      : []),
    ...(port === undefined
      ? []
      : [`Service matrix-synapse listens at node port ${port}: the props below keep it, for the proxy that you name`]),
    ...cronJobs.filter((name) => OLD_JOBS.includes(name)).map((name) => `CronJob ${name} has no successor: delete it`),
    `claims stay with their data: ${claims.map(({ metadata }) => metadata.name).join(', ') || 'there are none'}`,
  ];
}

/** Whether a listener answers other servers. */
function federates({ settings }: Installation): boolean {
  const resources = (settings.listeners ?? []).flatMap((listener) => listener.resources ?? []);
  return resources.some(({ names }) => names?.includes('federation'));
}
