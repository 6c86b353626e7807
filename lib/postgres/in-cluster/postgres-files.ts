import { fileBeside } from '../../kubernetes/files';
import { type PostgresqlConfProps, postgresqlConf } from './postgresql-conf';

/**
 * Files in the ConfigMap of the database.
 *
 * @param exported whether an exporter serves its metrics.
 */
export function postgresFiles(props: PostgresqlConfProps, exported: boolean): { [name: string]: string } {
  return {
    'postgresql.conf': postgresqlConf(props),
    'pg_hba.conf': fileBeside(__dirname, 'pg_hba.conf'),
    'pg_ident.conf': fileBeside(__dirname, 'exporter/pg_ident.conf'),
    ...(exported ? { 'queries.yaml': fileBeside(__dirname, 'exporter/queries.yaml') } : {}),
    'initialise.sh': fileBeside(__dirname, 'initialise.sh'),
    'make-database.sh': fileBeside(__dirname, 'make-database.sh'),
    'archive-wal.sh': fileBeside(__dirname, 'archive-wal.sh'),
    'update-roles.sh': fileBeside(__dirname, 'update-roles.sh'),
  };
}
