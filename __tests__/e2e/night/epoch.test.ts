import { execFileSync } from 'node:child_process';
import { Testing, Yaml } from 'cdk8s';
import { Backups, HomeserverConfig, MatrixChart, OutOfBandRestore } from '../../../lib';
import { eventually } from '../support/kubectl';
import { type Account, Matrix } from '../support/matrix';
import { System } from '../support/system';

jest.setTimeout(300_000);

const FINE = 'epoch-guard: the database is as Synapse left it\n';

/** The system of main.ts, without backups. */
function manifest(afterOutOfBandRestore?: OutOfBandRestore): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace: 'matrix-e2e-epoch',
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    synapse: { config: HomeserverConfig.oriso(), afterOutOfBandRestore },
    backups: Backups.none(),
  });
  return Yaml.stringify(...chart.toJson());
}

describe('the database at the start of Synapse', () => {
  let system: System;
  let matrix: Matrix;
  let anna: Account;
  let dump: string;

  const guardSays = () => system.guard();
  const keys = async () => Number(await system.sql('SELECT count(*) FROM e2e_one_time_keys_json'));
  const inPostgres = (script: string) => system.exec('matrix-postgres-0', 'sh', '-ec', script);
  const scale = (replicas: number) =>
    system.kubectl(['scale', 'deployment/matrix-synapse', `--replicas=${replicas}`, '--timeout=60s']);
  const isGone = (pod: string) => system.kubectl(['wait', '--for=delete', pod, '--timeout=120s']);
  const stop = async () => {
    await scale(0);
    await system.kubectl(['wait', '--for=delete', 'pod', '-l', 'app=matrix-synapse', '--timeout=120s']);
  };
  const start = async () => {
    await scale(1);
    await system.ready();
  };
  const synapsePod = () =>
    system.kubectl(['get', 'pods', '-l', 'app=matrix-synapse', '-o', 'name']).then((it) => it.trim());
  /** Uploads one-time keys of Anna's device, as her client does after each start. */
  const upload = async () => {
    const key = (name: string) => [`signed_curve25519:${name}`, { key: `key${name}`, signatures: {} }];
    const names = Array.from({ length: 10 }, (_, number) => `A${Date.now()}${number}`);
    const body = { one_time_keys: Object.fromEntries(names.map(key)) };
    await eventually('the way to Synapse', 60, () =>
      matrix.ok('POST', '/_matrix/client/v3/keys/upload', body, anna.token),
    );
  };
  /** Claims a one-time key of Anna's device, as another user's client does to write to her. */
  const claim = async (): Promise<string | undefined> => {
    const { user_id, device_id } = await eventually('the way to Synapse', 60, () =>
      matrix.ok('GET', '/_matrix/client/v3/account/whoami', undefined, anna.token),
    );
    const body = { one_time_keys: { [user_id]: { [device_id]: 'signed_curve25519' } } };
    const { one_time_keys } = await matrix.ok('POST', '/_matrix/client/v3/keys/claim', body, anna.token);
    return Object.keys(one_time_keys[user_id]?.[device_id] ?? {})[0];
  };
  const putBack = () =>
    inPostgres(`
      psql -U postgres -qc "DROP DATABASE synapse" postgres
      createdb -U postgres --template=template0 --encoding=UTF8 --locale=C --owner=synapse_user synapse
      psql -U synapse_user --quiet --single-transaction -v ON_ERROR_STOP=1 synapse < ${dump} > /dev/null`);

  beforeAll(async () => {
    system = await System.apply('epoch', manifest());
    const secret = await system.secret('matrix-synapse-secret', 'registration_shared_secret');
    matrix = new Matrix(await system.url(), secret);
    anna = await matrix.register('anna');
    await upload();
  });
  afterAll(() => system?.remove());

  it('is new at first', async () => {
    expect(await guardSays()).toBe('epoch-guard: the database is new\n');
    expect(await keys()).toBe(10);
  });

  describe('is accepted', () => {
    afterEach(async () => {
      expect(await guardSays()).toBe(FINE);
      expect(await keys()).toBe(10);
    });

    it.each(['the first', 'after a noted shutdown'])('after a rollout: %s', async () => {
      const before = await synapsePod();
      await system.kubectl(['rollout', 'restart', 'deployment/matrix-synapse']);
      await system.ready();
      await isGone(before);
    });

    it('after PostgreSQL was killed, and Synapse before PostgreSQL restarted', async () => {
      const before = await synapsePod();
      await system.kubectl(['delete', 'pod', 'matrix-postgres-0', '--force', '--grace-period=0']);
      await system.kubectl(['delete', before, '--force', '--grace-period=0']);
      await isGone(before);
      await system.ready();
    });

    it('after only Synapse was killed', async () => {
      const before = await synapsePod();
      await system.kubectl(['delete', before, '--force', '--grace-period=0']);
      await isGone(before);
      await system.ready();
    });
  });

  it('is accepted after a failover, on a new timeline', async () => {
    await stop();
    await inPostgres('touch $PGDATA/standby.signal');
    await system.kubectl(['delete', 'pod', 'matrix-postgres-0']);
    await system.kubectl(['rollout', 'status', 'statefulset/matrix-postgres', '--timeout=120s']);
    expect(await inPostgres('psql -U postgres -Atc "SELECT pg_promote()"')).toBe('t\n');
    await start();
    expect(await guardSays()).toMatch(/^epoch-guard: .*timeline 00000002 .*failover\n$/);
    expect(await keys()).toBe(10);
  });

  describe('restored from a dump', () => {
    beforeAll(async () => {
      await stop();
      dump = '/tmp/dump.sql';
      await inPostgres(`pg_dump -U synapse_user synapse > ${dump}`);
      await start();
    });

    it('has its one-time keys emptied, so that none is handed out twice, and gets new ones', async () => {
      const given = await claim();
      expect(given).toMatch(/^signed_curve25519:/);
      await stop();
      await putBack();
      expect(
        await system.sql(`SELECT count(*) FROM e2e_one_time_keys_json WHERE '${given}' = algorithm || ':' || key_id`),
      ).toBe('1');
      await start();
      expect(await guardSays()).toMatch(
        /^epoch-guard: WARNING: [^\n]* its token is [0-9a-f]{16}, the last one was [^\n]* keys are emptied\n$/,
      );
      expect(await keys()).toBe(0);
      expect(await claim()).toBeUndefined();
      await upload();
      await system.kubectl(['rollout', 'restart', 'deployment/matrix-synapse']);
      await system.ready();
      expect(await keys()).toBe(10);
    });

    it('is refused when this is set, until the printed command has accepted it', async () => {
      await system.kubectl(['apply', '-f', '-'], manifest(OutOfBandRestore.REFUSE_TO_START));
      await system.ready();
      expect(await guardSays()).toBe(FINE);
      await stop();
      await putBack();
      await scale(1);
      const refusal = await eventually('the refusal', 90, async () => /REFUSED.*/.exec(await guardSays())?.[0]);
      expect(refusal).toMatch(/not by the restore Job: its token is /);
      const restarts = 'jsonpath={.items[0].status.containerStatuses[0].restartCount}';
      const again = () => system.kubectl(['get', 'pods', '-l', 'app=matrix-synapse', '-o', restarts]);
      await eventually('another attempt', 90, async () => Number(await again()) > 1);
      expect(await keys()).toBe(10);
      const command = /kubectl exec .*/.exec(refusal)?.[0] ?? 'false';
      expect(execFileSync('bash', ['-c', command], { encoding: 'utf8' })).toBe('COMMENT\n');
      await system.ready();
      expect(await guardSays()).toBe('epoch-guard: the database was accepted as it is: one-time keys are emptied\n');
      expect(await keys()).toBe(0);
    });
  });

  it('does not keep Synapse from shutting down while it is down', async () => {
    await system.kubectl(['scale', 'statefulset/matrix-postgres', '--replicas=0']);
    await isGone('pod/matrix-postgres-0');
    // Measures only the hook, because Synapse itself may then use its whole grace period.
    const [deployment] = JSON.parse(await system.kubectl(['get', 'deployment/matrix-synapse', '-o', 'json'])).spec
      .template.spec.containers;
    const began = Date.now();
    await system.exec(await synapsePod(), ...deployment.lifecycle.preStop.exec.command);
    expect(Date.now() - began).toBeLessThan(20_000);
  });
});
