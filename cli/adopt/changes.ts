import { type Installation, named, nodePortOf } from './installation';

/** Variables of the platform's services whose values in the original do not hold any more. */
const VARIABLES = [
  'MATRIX_API_URL',
  'MATRIX_REGISTRATION_SHARED_SECRET',
  'MATRIX_ADMIN_PASSWORD',
  'REACT_APP_MATRIX_HOMESERVER_URL',
];

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
    ...lostAddresses(installation),
    `variables of the platform change: ${VARIABLES.join(', ')}; see docs/migration/from-the-original.md`,
    ...cronJobs.filter((name) => OLD_JOBS.includes(name)).map((name) => `CronJob ${name} has no successor: delete it`),
    `claims stay with their data: ${claims.map(({ metadata }) => metadata.name).join(', ') || 'there are none'}`,
  ];
}

/** What a Service of the new system does not have. */
function lostAddresses(installation: Installation): string[] {
  const federation = nodePortOf(installation, 8009);
  const lost = [
    ...(named(installation.services, 'matrix-synapse')?.spec.type === 'LoadBalancer' ? ['external address'] : []),
    ...(federation === undefined ? [] : [`node port ${federation} of 8009`]),
  ];
  return lost.length === 0
    ? []
    : [
        `Service matrix-synapse loses its ${lost.join(' and ')}: use an Ingress, a Gateway or nodePort for clients, ` +
          'and for other servers port 443 of the Ingress or Gateway',
      ];
}

/** Whether a listener answers other servers. */
function federates({ settings }: Installation): boolean {
  const resources = (settings.listeners ?? []).flatMap((listener) => listener.resources ?? []);
  return resources.some(({ names }) => names?.includes('federation'));
}
