import type { HardenedContainerProps } from '../../../kubernetes/workloads/hardened-pod';
import { resources } from '../../../kubernetes/workloads/resources';
import { EXPORTER_IMAGE } from './exporter-image';

/** Port of the metrics. */
export const EXPORTER_PORT = { name: 'metrics', number: 9187 };

/** Connections that the exporter opens at a time. */
export const EXPORTER_CONNECTIONS = 2;

/**
 * The container beside the database that serves its metrics.
 *
 * It logs in over the socket in `/var/run/postgresql` as the role `metrics`, which may read only statistics. It needs
 * no password: `pg_ident.conf` names its user.
 *
 * @see https://github.com/prometheus-community/postgres_exporter
 */
export function exporter(image: string, database: string): HardenedContainerProps {
  return {
    name: 'exporter',
    image,
    uid: EXPORTER_IMAGE.uid,
    resources: resources(5, 16, 64),
    command: [
      'postgres_exporter',
      `--web.listen-address=:${EXPORTER_PORT.number}`,
      '--extend.query-path=/etc/postgresql/queries.yaml',
      // Hundreds of series that answer no question of an operator: every setting, and every table of Synapse.
      '--disable-settings-metrics',
      '--no-collector.stat_user_tables',
      '--no-collector.statio_user_tables',
      '--log.level=warn',
    ],
    env: [
      {
        name: 'DATA_SOURCE_NAME',
        // The size of a table that is locked must not keep everything else from being told.
        value: `host=/var/run/postgresql user=metrics dbname=${database} sslmode=disable application_name=exporter options='-c lock_timeout=1s'`,
      },
    ],
    ports: [{ name: EXPORTER_PORT.name, containerPort: EXPORTER_PORT.number }],
    volumeMounts: [
      { name: 'postgres-config', mountPath: '/etc/postgresql', readOnly: true },
      { name: 'run', mountPath: '/var/run/postgresql' },
    ],
  };
}
