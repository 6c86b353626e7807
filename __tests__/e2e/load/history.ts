import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { POSTGRES_IMAGE } from '../../../lib/postgres/in-cluster/postgres-image';
import { eventually, kubectl } from '../support/kubectl';
import type { System } from '../support/system';
import { gather, register } from './gathering';
import { startIdlePod } from './idle-pod';
import { clientOf, ours, PEOPLE, type Used, used } from './systems';

const SQL = readFileSync(join(__dirname, 'history.sql'), 'utf8');
const ROOMS = 5000;
/** Messages of a room: with these, 5,000 rooms take more than 10 GB. */
const MESSAGES = 420;
/** As a long message is after Megolm. */
const CIPHERTEXT = 1200;
/** While rows are made, PostgreSQL may lose them. */
const HURRY = {
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_wal_size: '4GB',
  maintenance_work_mem: '512MB',
  archive_command: '/bin/true',
};

/**
 * This chart with 5,000 rooms and at least 10 GB of history.
 *
 * @param file copy of the database's folder. It is made when it is missing, which takes about a quarter of an hour.
 */
export async function withHistory(name: string, file: string): Promise<Used> {
  const system = await ours(name);
  if (!existsSync(file)) {
    await makeHistory(system);
  }
  await scale(system, 0);
  await (existsSync(file) ? load(system, file) : keep(system, file));
  await scale(system, 1);
  const server = ':caritas.local';
  const people = Array.from({ length: PEOPLE }, (_, number) => ({
    user: `@p${number}${server}`,
    token: `load_p${number}`,
    password: '',
    // Copies are numbered from 1, and the first of them begin with these people.
    rooms: [`!h${`${number || PEOPLE}`.padStart(5, '0')}${server}`],
  }));
  return used(system, people);
}

async function makeHistory(system: System): Promise<void> {
  const matrix = await clientOf(system);
  const people = await register(matrix, ['m1', 'm2', 'm3']);
  await gather(matrix, people);
  await Promise.all(
    people.map(async ({ token }, writer) => {
      for (let number = writer; number < MESSAGES; number += people.length) {
        const path = `/_matrix/client/v3/rooms/${people[0].rooms[0]}/send/m.room.encrypted/${number}`;
        const ciphertext = Array.from({ length: CIPHERTEXT }, () => Math.floor(Math.random() * 36).toString(36)).join(
          '',
        );
        await matrix.ok('PUT', path, { algorithm: 'm.megolm.v1.aes-sha2', ciphertext, sent: 0 }, token);
      }
    }),
  );
  // A new Synapse has some work to do in the background, which would take hours in the copies.
  await eventually('the background updates', 300, async () => {
    return (await system.sql('SELECT count(*) FROM background_updates')) === '0';
  });
  await system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=0']);
  await system.kubectl(['wait', '--for=delete', 'pod', '-l', 'app=matrix-synapse', '--timeout=120s']);
  const psql = (sql: string, ...variables: string[]) => {
    const command = ['psql', '-U', 'postgres', '-d', 'synapse', '-q', ...variables.flatMap((one) => ['-v', one])];
    return kubectl(['exec', '-i', '-n', system.namespace, 'statefulset/matrix-postgres', '--', ...command], sql);
  };
  const settings = Object.entries(HURRY).map(([key, value]) => `ALTER SYSTEM SET ${key} = '${value}';\n`);
  await psql(`${settings.join('')} SELECT pg_reload_conf();`);
  await psql(SQL, `rooms=${ROOMS}`, `people=${PEOPLE}`);
  await psql('ALTER SYSTEM RESET ALL; SELECT pg_reload_conf(); CHECKPOINT;');
}

/** Scales what writes to the database, and the database. */
async function scale(system: System, replicas: number): Promise<void> {
  const workloads = ['deployment/matrix-synapse', 'statefulset/matrix-postgres'];
  await system.kubectl(['scale', ...workloads, `--replicas=${replicas}`]);
  if (replicas) {
    await system.ready();
    return;
  }
  for (const app of ['matrix-synapse', 'matrix-postgres']) {
    await system.kubectl(['wait', '--for=delete', 'pod', '-l', `app=${app}`, '--timeout=180s']);
  }
}

const PACK = 'exec tar -C /data -cf - pgdata';
const UNPACK = 'rm -rf /data/pgdata && exec tar -C /data -xf -';

async function keep(system: System, file: string): Promise<void> {
  await atClaim(system, PACK, 'ignore', openSync(`${file}.part`, 'w'));
  renameSync(`${file}.part`, file);
}

async function load(system: System, file: string): Promise<void> {
  await atClaim(system, UNPACK, openSync(file, 'r'), 'ignore');
}

/** Runs a command in a pod that mounts the claim of a database that is down. */
async function atClaim(system: System, command: string, input: number | 'ignore', output: number | 'ignore') {
  const template = ['get', 'statefulset/matrix-postgres', '-o', 'json'];
  const { volumes } = JSON.parse(await system.kubectl(template)).spec.template.spec;
  const data = volumes.find((volume: { name: string }) => volume.name === 'postgres-storage');
  const mounts = { volumes: [data], volumeMounts: [{ name: data.name, mountPath: '/data' }] };
  await startIdlePod(system.namespace, 'history', POSTGRES_IMAGE, mounts);
  const args = [
    'exec',
    ...(input === 'ignore' ? [] : ['-i']),
    '-n',
    system.namespace,
    'history',
    '--',
    'sh',
    '-c',
    command,
  ];
  const child = spawn('kubectl', args, { stdio: [input, output, 'inherit'] });
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) {
    throw new Error(`${command}: exit code ${code}`);
  }
  await system.kubectl(['delete', 'pod', 'history']);
}
