import { resources as amounts, type Resources } from '../../kubernetes/workloads/resources';
import { SystemSize } from '../../system-size';
import { checkParameters, commonParameters, type ServerParameters } from '../server-parameters';

/** Parameters that the operator sets, or the safety of the data and the connections depend on. */
const OWNED = [
  'allow_alter_system',
  'allow_system_table_mods',
  'archive_cleanup_command',
  'archive_command',
  'archive_library',
  'archive_mode',
  'bonjour',
  'bonjour_name',
  'cluster_name',
  'config_file',
  'data_directory',
  'data_sync_retry',
  'event_source',
  'external_pid_file',
  'fsync',
  'full_page_writes',
  'hba_file',
  'hot_standby',
  'ident_file',
  'jit_provider',
  'listen_addresses',
  'logging_collector',
  'max_replication_slots',
  'max_wal_senders',
  // The operator refuses values that do not fit the claims and the requested memory.
  'max_wal_size',
  'shared_buffers',
  'password_encryption',
  'port',
  'restart_after_crash',
  'restore_command',
  'shared_preload_libraries',
  'ssl',
  'stats_temp_directory',
  'synchronized_standby_slots',
  'synchronous_commit',
  'synchronous_standby_names',
  'temp_tablespaces',
  'wal_level',
  'wal_log_hints',
];

/** Families of parameters that the operator sets, by the beginning of their names. */
const FAMILIES = [
  'log_destination',
  'log_directory',
  'log_file',
  'log_rotation_',
  'log_truncate_',
  'pg_failover_slots.',
  'primary_',
  'promote_',
  'recovery_',
  'ssl_',
  'syslog_',
  'unix_socket_',
];

/** Resources of each instance. The operator refuses a server whose shared buffers are larger than the request. */
export const CLUSTER_RESOURCES: { [size in SystemSize]: Resources } = {
  [SystemSize.SMALL]: amounts(200, 1024, 4096),
  [SystemSize.MEDIUM]: amounts(2000, 6144, 12288),
  [SystemSize.LARGE]: amounts(4000, 8192, 16384),
};

/**
 * The parameters of each instance.
 *
 * @param clients most connections of all clients together.
 */
export function clusterParameters({ memory, memoryLimit }: Resources, clients: number): ServerParameters {
  const sharedBuffers = Math.min(memory.toMebibytes(), Math.floor(memoryLimit.toMebibytes() / 4));
  return { ...commonParameters(memoryLimit, clients), shared_buffers: `${sharedBuffers}MB` };
}

/**
 * Checks the parameters of a user for a server that the operator runs, which refuses most of these itself.
 *
 * @throws when the name or value of a parameter is not valid, the operator or another part depends on it, or it would
 * write messages into the server log.
 * @see https://cloudnative-pg.io/documentation/current/postgresql_conf/#fixed-parameters
 */
export function checkClusterParameters(parameters: ServerParameters): void {
  const ofFamilies = Object.keys(parameters).filter((name) => FAMILIES.some((family) => name.startsWith(family)));
  checkParameters(parameters, [...OWNED, ...ofFamilies]);
}
