import type { Size } from 'cdk8s';

/** Parameters of a PostgreSQL server, by name. */
export interface ServerParameters {
  readonly [name: string]: string;
}

/** Parameters that write statements, and with them the content of messages, into the server log. */
const TELLING =
  /^(log_(statement|min_duration_|min_error_statement|error_verbosity|parameter_|transaction_)|debug_print_|auto_explain\.)/;

/** Connections beyond those of the clients: for operators, and those that PostgreSQL reserves for the superuser. */
const SPARE_CONNECTIONS = 10;

/**
 * Checks the parameters of a user.
 *
 * @param owned names that the deployment sets itself.
 * @throws when the name or value of a parameter is not valid, another part depends on it, or it would write messages
 * into the server log.
 */
export function checkParameters(parameters: ServerParameters, owned: string[]): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name) || name.startsWith('include')) {
      throw new Error(
        `'${name}' in parameters is not a valid PostgreSQL parameter: use its name in lower case, such as random_page_cost`,
      );
    }
    if (owned.includes(name)) {
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
}

/** Least mebibytes of a connection: its idle process on the bench 4, and for one sort the least work_mem. */
const LEAST_OF_CONNECTION = 6;

/**
 * Returns why a server does not bear the connections of all clients; empty when it does.
 *
 * @param memory memory limit of the container.
 * @param clients most connections of all clients together: each process of Synapse keeps a pool.
 * @param parameters those of the user.
 */
export function connectionProblems(memory: Size, clients: number, parameters: ServerParameters): string[] {
  const connections = clients + SPARE_CONNECTIONS;
  const least = Math.ceil((connections * LEAST_OF_CONNECTION * 4) / 3);
  const allowed = Number(parameters.max_connections ?? connections);
  return [
    ...(allowed < connections
      ? [
          `PostgreSQL parameter 'max_connections' is ${allowed}, but all processes together open up to ${clients}, and ${SPARE_CONNECTIONS} are for operators: ` +
            `use at least ${connections}, or leave it out, or use fewer workers`,
        ]
      : []),
    ...(memory.toMebibytes() < least
      ? [
          `the memory limit of PostgreSQL, ${memory.toMebibytes()}Mi, does not bear the ${connections} connections that all processes together open: ` +
            `set a memoryLimit of at least ${least}Mi in resources of postgres, or use fewer workers`,
        ]
      : []),
  ];
}

/**
 * Parameters that every server of a homeserver has, wherever it runs in the cluster.
 *
 * @param memory memory limit of the container.
 * @param clients most connections of all clients together.
 * @see https://www.postgresql.org/docs/17/runtime-config-resource.html
 */
export function commonParameters(memory: Size, clients: number): ServerParameters {
  const mebibytes = memory.toMebibytes();
  const connections = clients + SPARE_CONNECTIONS;
  const sharedBuffers = Math.floor(mebibytes / 4);
  return {
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
    // Keepalives wait for data that was sent and not acknowledged; this does not.
    tcp_user_timeout: '30s',
    // A statement ends with its client, so that an index a lost Synapse was building does not keep the next one waiting.
    client_connection_check_interval: '10s',
    wal_level: 'replica',
    wal_compression: 'lz4',
    max_wal_size: '1GB',
  };
}
