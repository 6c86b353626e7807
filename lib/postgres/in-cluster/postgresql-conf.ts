import type { Duration, Size } from 'cdk8s';
import { checkParameters, commonParameters } from '../server-parameters';

/** Facts that `postgresql.conf` is made from. */
export interface PostgresqlConfProps {
  /** Memory limit of the container. */
  readonly memory: Size;
  /** Most connections of all clients together. */
  readonly connections: number;
  /** Time after which a WAL segment is archived even if it is not full. @default - WAL is not archived */
  readonly archiveTimeout?: Duration;
  /**
   * Name of the synchronous WAL receiver.
   *
   * @default - none
   */
  readonly standby?: string;
  /** Further parameters, which override these. */
  readonly parameters: { [name: string]: string };
}

/** Parameters that other parts or the safety of the data depend on. */
const OWNED = [
  'listen_addresses',
  'port',
  'hba_file',
  'ident_file',
  'data_directory',
  'password_encryption',
  'unix_socket_directories',
  'wal_level',
  'archive_mode',
  'archive_command',
  'archive_library',
  'max_wal_senders',
  'max_replication_slots',
  'synchronous_standby_names',
  'synchronous_commit',
  'fsync',
  'full_page_writes',
];

/**
 * `postgresql.conf`, sized from the memory limit.
 *
 * @throws when the name or value of a parameter is not valid, another part depends on it, or it would write messages
 * into the server log.
 * @see https://www.postgresql.org/docs/17/runtime-config-resource.html
 */
export function postgresqlConf(props: PostgresqlConfProps): string {
  checkParameters(props.parameters, OWNED);
  const settings: { [name: string]: string } = {
    listen_addresses: '*',
    hba_file: '/etc/postgresql/pg_hba.conf',
    ident_file: '/etc/postgresql/pg_ident.conf',
    ...commonParameters(props.memory, props.connections),
    // Two for a base backup. The WAL receiver needs one, its broken connection one for a minute, and its queries one.
    max_wal_senders: props.standby ? '8' : '4',
    max_replication_slots: '4',
    // An abandoned slot must not fill the volume.
    max_slot_wal_keep_size: '2GB',
    ...(props.archiveTimeout
      ? {
          archive_mode: 'on',
          archive_command: '/bin/bash /etc/postgresql/archive-wal.sh %p %f',
          // An acknowledged message reaches the WAL archive within this time.
          archive_timeout: `${props.archiveTimeout.toSeconds()}s`,
        }
      : { archive_mode: 'off' }),
    ...(props.standby ? { synchronous_standby_names: `"${props.standby}"`, synchronous_commit: 'on' } : {}),
    ...props.parameters,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'\n`)
    .join('');
}
