import type { Duration, Size } from 'cdk8s';

/** What `postgresql.conf` depends on. */
export interface PostgresqlConfProps {
  /** Memory that the container may use. */
  readonly memory: Size;
  /** Connections of all clients together. */
  readonly connections: number;
  /** After which write-ahead log goes to the backup claim. @default - it does not */
  readonly archiveTimeout?: Duration;
  /**
   * Name of the receiver that has every commit on disk before it is acknowledged.
   *
   * @default - none
   */
  readonly standby?: string;
  /** Further parameters, which win. */
  readonly parameters: { [name: string]: string };
}

/** Parameters that another part, or the safety of the data, depends on. */
const OWNED = [
  'listen_addresses',
  'port',
  'hba_file',
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

/** Parameters that write statements, and with them what people say to each other, into the log. */
const TELLING =
  /^(log_(statement|min_duration_|min_error_statement|error_verbosity|parameter_|transaction_)|debug_print_|auto_explain\.)/;

/** Connections beyond the clients' pools: for operators, and those PostgreSQL keeps for the superuser. */
const SPARE_CONNECTIONS = 10;

/**
 * `postgresql.conf`, sized from the memory limit.
 *
 * @throws when a parameter is none, one that another part depends on, or one that writes what people say into the log.
 * @see https://www.postgresql.org/docs/17/runtime-config-resource.html
 */
export function postgresqlConf(props: PostgresqlConfProps): string {
  for (const [name, value] of Object.entries(props.parameters)) {
    if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name) || name.startsWith('include')) {
      throw new Error(`'${name}' is no PostgreSQL parameter: write its name in lower case, such as random_page_cost`);
    }
    if (OWNED.includes(name)) {
      throw new Error(
        `PostgreSQL parameter '${name}' follows from the deployment: leave it out, backups and connections depend on it`,
      );
    }
    if (TELLING.test(name)) {
      throw new Error(
        `PostgreSQL parameter '${name}' can write statements into the log, and with them what people say to each other: leave it out, ` +
          'and set it for one session where you look for something (SET)',
      );
    }
    if (typeof value !== 'string' || /[\n\r]/.test(value)) {
      throw new Error(
        `PostgreSQL parameter '${name}' is ${JSON.stringify(value)}, but it must be text in one line: write it in quotes, such as '8MB'`,
      );
    }
  }
  const mebibytes = props.memory.toMebibytes();
  const connections = props.connections + SPARE_CONNECTIONS;
  const sharedBuffers = Math.floor(mebibytes / 4);
  const settings: { [name: string]: string } = {
    listen_addresses: '*',
    hba_file: '/etc/postgresql/pg_hba.conf',
    password_encryption: 'scram-sha-256',
    // Statements and details hold what people write, and passwords: not for the log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: `${connections}`,
    shared_buffers: `${sharedBuffers}MB`,
    effective_cache_size: `${Math.floor(mebibytes * 0.7)}MB`,
    // A query may use several times this; all connections at once must still fit.
    work_mem: `${Math.max(2, Math.floor((mebibytes - sharedBuffers) / connections / 4))}MB`,
    maintenance_work_mem: `${Math.min(1024, Math.max(16, Math.floor(mebibytes / 16)))}MB`,
    // Volumes are SSDs or network storage: a random read costs about what a sequential one does.
    random_page_cost: '1.1',
    huge_pages: 'off',
    // Connections of a lost node end within a minute, and free the way for its successor.
    tcp_keepalives_idle: '10',
    tcp_keepalives_interval: '10',
    tcp_keepalives_count: '3',
    wal_level: 'replica',
    wal_compression: 'lz4',
    max_wal_size: '1GB',
    // Two for a base backup. A receiver takes one, a broken connection of its own another for a minute, its questions a third.
    max_wal_senders: props.standby ? '8' : '4',
    max_replication_slots: '4',
    // A slot that is left behind must not fill the volume.
    max_slot_wal_keep_size: '2GB',
    ...(props.archiveTimeout
      ? {
          archive_mode: 'on',
          archive_command: '/bin/bash /etc/postgresql/archive-wal.sh %p %f',
          // A message that was acknowledged is at most this long without a copy.
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
