import { Duration, Size } from 'cdk8s';
import { type PostgresqlConfProps, postgresqlConf } from '../../../lib/postgres/in-cluster/postgresql-conf';

function settings(props: Partial<PostgresqlConfProps> = {}): { [name: string]: string } {
  const text = postgresqlConf({
    memory: Size.gibibytes(4),
    connections: 10,
    parameters: {},
    ...props,
  });
  expect(text).toMatch(/^(\w+(\.\w+)* = '([^'\n]|'')*'\n)+$/);
  const lines = text.trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => [line.split(' ')[0], line.slice(line.indexOf("'") + 1, -1)]));
}

it('listens to the pods, accepts only SCRAM and reads our pg_hba.conf', () => {
  expect(settings()).toMatchObject({
    listen_addresses: '*',
    hba_file: '/etc/postgresql/pg_hba.conf',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
  });
});

it.each([
  [Size.mebibytes(256), 10, { shared_buffers: '64MB', effective_cache_size: '179MB', maintenance_work_mem: '16MB' }],
  [Size.gibibytes(4), 10, { shared_buffers: '1024MB', effective_cache_size: '2867MB', maintenance_work_mem: '256MB' }],
  [Size.gibibytes(64), 500, { shared_buffers: '16384MB', maintenance_work_mem: '1024MB' }],
])('is sized from %p', (memory, connections, expected) => {
  expect(settings({ memory, connections })).toMatchObject(expected);
});

it.each([
  [256, 10],
  [4096, 10],
  [4096, 200],
  [16384, 90],
])('fits into %i MiB when all of %i connections sort four times at once', (memory, connections) => {
  const { shared_buffers, work_mem, max_connections } = settings({ memory: Size.mebibytes(memory), connections });
  const used = Number.parseInt(shared_buffers, 10) + 4 * Number.parseInt(work_mem, 10) * Number(max_connections);
  expect(used).toBeLessThanOrEqual(memory);
});

it('keeps ten connections for operators', () => {
  expect(settings({ connections: 25 }).max_connections).toBe('35');
});

it('keeps a limited amount of WAL for base backups', () => {
  expect(settings()).toMatchObject({
    wal_level: 'replica',
    max_wal_senders: '4',
    max_slot_wal_keep_size: '2GB',
  });
});

it('archives WAL in time when there is a claim', () => {
  expect(settings({ archiveTimeout: Duration.seconds(40) })).toMatchObject({
    archive_mode: 'on',
    archive_command: '/bin/bash /etc/postgresql/archive-wal.sh %p %f',
    archive_timeout: '40s',
  });
});

it('does not archive WAL otherwise', () => {
  const without = settings();
  expect(without.archive_mode).toBe('off');
  expect(without).not.toHaveProperty('archive_command');
});

it('waits for a standby, and has enough WAL senders for it, backups and queries', () => {
  expect(settings({ standby: 'matrix-wal-receiver' })).toMatchObject({
    synchronous_standby_names: '"matrix-wal-receiver"',
    synchronous_commit: 'on',
    max_wal_senders: '8',
  });
});

it('waits for no standby otherwise', () => {
  expect(settings()).not.toHaveProperty('synchronous_standby_names');
  expect(settings()).not.toHaveProperty('synchronous_commit');
});

it('ends the connections of a lost node within a minute', () => {
  const { tcp_keepalives_idle, tcp_keepalives_interval, tcp_keepalives_count } = settings();
  expect([tcp_keepalives_idle, tcp_keepalives_interval, tcp_keepalives_count]).toEqual(['10', '10', '3']);
  expect(Number(tcp_keepalives_idle) + Number(tcp_keepalives_interval) * Number(tcp_keepalives_count)).toBeLessThan(60);
});

it.each([
  'archive_mode',
  'archive_command',
  'listen_addresses',
  'hba_file',
  'data_directory',
  'wal_level',
  'max_wal_senders',
  'max_replication_slots',
  'synchronous_standby_names',
  'synchronous_commit',
  'fsync',
])('refuses %s: backups or connections depend on it', (name) => {
  const make = () => settings({ parameters: { work_mem: '1MB', [name]: 'off' } });
  expect(make).toThrow(`PostgreSQL parameter '${name}'`);
  expect(make).toThrow('leave it out');
});

it.each([
  // PostgreSQL would read it as fsync.
  'FSYNC',
  'Work_Mem',
  'work-mem',
  'work mem',
  '1work_mem',
  '',
  'auto_explain.',
  '.log_analyze',
  'a.b.c',
  'work_mem\nfsync',
  // These are directives that read other files.
  'include',
  'include_dir',
  'include_if_exists',
])('refuses a parameter called %j', (name) => {
  const make = () => settings({ parameters: { [name]: 'off' } });
  expect(make).toThrow(`'${name}'`);
  expect(make).toThrow('its name in lower case');
});

it('accepts parameters, which win and are quoted', () => {
  const own = settings({
    parameters: { work_mem: '1MB', 'pg_stat_statements.max': '100', log_line_prefix: "it's \\ %m" },
  });
  expect(own).toMatchObject({ work_mem: '1MB', 'pg_stat_statements.max': '100', log_line_prefix: "it''s \\\\ %m" });
});

it.each(['log_statement', 'log_min_duration_statement', 'log_error_verbosity', 'auto_explain.log_min_duration'])(
  'refuses %s, which could write messages into the server log',
  (name) => {
    expect(() => settings({ parameters: { [name]: '0' } })).toThrow(`'${name}'`);
    expect(() => settings({ parameters: { [name]: '0' } })).toThrow('use SET in one session');
  },
);

it('refuses a parameter that is not text in one line', () => {
  expect(() => settings({ parameters: { work_mem: '1\n2' } })).toThrow(
    `'work_mem' in parameters must be text in one line, got "1\\n2": `,
  );
});
