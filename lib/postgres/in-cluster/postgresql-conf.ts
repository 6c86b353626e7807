import type { Duration, Size } from 'cdk8s';

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

/** Parameters that write statements, and with them the content of messages, into the server log. */
const TELLING =
  /^(log_(statement|min_duration_|min_error_statement|error_verbosity|parameter_|transaction_)|debug_print_|auto_explain\.)/;

/** Connections beyond those of the clients: for operators, and those that PostgreSQL reserves for the superuser. */
const SPARE_CONNECTIONS = 10;

/**
 * `postgresql.conf`, sized from the memory limit.
 *
 * @throws when the name or value of a parameter is not valid, another part depends on it, or it would write messages
 * into the server log.
 * @see https://www.postgresql.org/docs/17/runtime-config-resource.html
 */
export function postgresqlConf(props: PostgresqlConfProps): string {
  for (const [name, value] of Object.entries(props.parameters)) {
    if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name) || name.startsWith('include')) {
      throw new Error(
        `'${name}' in parameters is not a valid PostgreSQL parameter: use its name in lower case, such as random_page_cost`,
      );
    }
    if (OWNED.includes(name)) {
      throw new Error(
        `PostgreSQL parameter '${name}' is set by the deployment, because backups and connections depend on it: leave it out of parameters`,
      );
    }
    if (TELLING.test(name)) {
      throw new Error(
        `PostgreSQL parameter '${name}' can write statements, and with them messages, into the server log: leave it out of parameters, ` +
          'and use SET in one session to debug',
      );
    }
    if (/[\n\r]/.test(value)) {
      throw new Error(
        `PostgreSQL parameter '${name}' in parameters must be text in one line, got ${JSON.stringify(value)}: use a quoted value, such as '8MB'`,
      );
    }
  }
  const mebibytes = props.memory.toMebibytes();
  const connections = props.connections + SPARE_CONNECTIONS;
  const sharedBuffers = Math.floor(mebibytes / 4);
  const settings: { [name: string]: string } = {
    listen_addresses: '*',
    hba_file: '/etc/postgresql/pg_hba.conf',
    ident_file: '/etc/postgresql/pg_ident.conf',
    password_encryption: 'scram-sha-256',
    // Statements and error details hold messages and passwords, which must not reach the server log.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: `${connections}`,
    shared_buffers: `${sharedBuffers}MB`,
    effective_cache_size: `${Math.floor(mebibytes * 0.7)}MB`,
    // A query may use several times this, and all connections at once must still fit.
    work_mem: `${Math.max(2, Math.floor((mebibytes - sharedBuffers) / connections / 4))}MB`,
    maintenance_work_mem: `${Math.min(1024, Math.max(16, Math.floor(mebibytes / 16)))}MB`,
    // Volumes are SSDs or network storage: a random read costs about what a sequential one does.
    random_page_cost: '1.1',
    huge_pages: 'off',
    // Connections from a lost node end within a minute, so that the pod that replaces it can connect.
    tcp_keepalives_idle: '10',
    tcp_keepalives_interval: '10',
    tcp_keepalives_count: '3',
    wal_level: 'replica',
    wal_compression: 'lz4',
    max_wal_size: '1GB',
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
