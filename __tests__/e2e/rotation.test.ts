import { createHmac } from 'node:crypto';
import { Testing, Yaml } from 'cdk8s';
import { Accounts, Backups, Federation, HomeserverConfig, MatrixChart, SecretKey, Turn } from '../../lib';
import { atNight } from './support/at-night';
import { logIn } from './support/database-login';
import { eventually, tryKubectl } from './support/kubectl';
import { type Account, Matrix } from './support/matrix';
import { System } from './support/system';

jest.setTimeout(900_000);

const TURN = (shared_secret: string) => ({ stringData: { shared_secret } });

describe('accounts and the rotation of secrets', () => {
  let system: System;
  let job: string;
  /** Through the admin listener, which stays while Synapse restarts. */
  let admin: string;
  let federation: string;
  let person: Account;
  const namespace = 'matrix-e2e-rotation';

  const matrix = async (sharedSecret?: string) =>
    new Matrix(admin, sharedSecret ?? (await system.secret('matrix-synapse-secret', 'registration_shared_secret')));
  const synapse = async (): Promise<{ name: string; restarts: number; ready: boolean }> => {
    const { items } = JSON.parse(await system.kubectl(['get', 'pods', '-l', 'app=matrix-synapse', '-o', 'json']));
    const [{ restartCount, ready }] = items[0].status.containerStatuses;
    // A container that could not start with the Secrets is started by the kubelet again.
    const log = await system.kubectl(['logs', items[0].metadata.name]);
    const restarts = restartCount + log.split('ended, starting it again').length - 1;
    return { name: items[0].metadata.name, restarts, ready };
  };
  /**
   * Changes Secrets, and waits until Synapse has reloaded all of them by restarting in the same pod.
   *
   * It usually restarts once, and at most this often, because the kubelet may update its files between two changes.
   */
  const restarted = async (
    change: () => Promise<unknown>,
    takenOver: () => Promise<boolean>,
    most: number,
  ): Promise<void> => {
    const before = await synapse();
    const began = Date.now();
    await change();
    const changed = Date.now();
    await eventually('a Synapse with what was changed', 420, async () => {
      const { restarts, ready } = await synapse();
      return restarts > before.restarts && ready && takenOver();
    });
    // Each proxy notices by itself.
    await eventually(
      'an answer of Synapse',
      60,
      async () => (await whoami()).status === 200 && (await keys()) !== null,
    );
    const { name, restarts } = await synapse();
    const times = restarts - before.restarts;
    const [taken, pressed] = [Date.now() - changed, changed - began].map((ms) => Math.round(ms / 1000));
    console.info(
      `Synapse was started anew ${times} times, the last ${taken} s after the change, which took ${pressed} s`,
    );
    expect(name).toBe(before.name);
    expect(times).toBeLessThanOrEqual(most);
  };
  const press = async (what: string, time = 1): Promise<string> => {
    const { succeeded, log } = await system.run(`matrix-rotate-${what}`, `press-${what}-${time}`);
    expect(`${log}${succeeded}`).toMatch(/true$/);
    return log;
  };
  const keys = () => new Matrix(federation).ok('GET', '/_matrix/key/v2/server');
  const whoami = async () =>
    (await matrix()).request('GET', '/_matrix/client/v3/account/whoami', undefined, person.token);
  const asAdmin = async (path: string) => {
    const here = await matrix();
    const token = await here.login('matrix-admin', await system.secret('matrix-admin-secret', 'password'));
    const answer = await here.request('GET', `/_synapse/admin/${path}`, undefined, token);
    await here.ok('POST', '/_matrix/client/v3/logout', {}, token);
    return answer;
  };
  const jobLog = () => system.kubectl(['logs', `job/${job}`]);
  const completed = () => system.kubectl(['wait', '--for=condition=complete', `job/${job}`, '--timeout=120s']);

  beforeAll(async () => {
    const chart = new MatrixChart(Testing.app(), 'matrix', {
      namespace,
      serverName: 'caritas.local',
      publicBaseUrl: 'https://matrix.caritas.local',
      synapse: {
        // The administrator logs in more often than Synapse's own limits allow.
        config: HomeserverConfig.oriso(),
        federation: Federation.OPEN,
      },
      turn: Turn.external({
        uris: ['turn:turn.caritas.local'],
        sharedSecret: SecretKey.fromSecretName('turn', 'shared_secret'),
      }),
      accounts: Accounts.managed({ unlimited: ['matrix-admin', '@agency:caritas.local'] }),
      backups: Backups.none(),
    });
    const objects = Testing.synth(chart);
    job = objects.find(({ kind, metadata }) => kind === 'Job' && metadata.name.startsWith('matrix-accounts')).metadata
      .name;
    const turn = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'turn', namespace }, ...TURN('first') };
    // Small enough to run beside other systems.
    const manifest = Yaml.stringify(turn, ...objects).replaceAll(/cpu: \d00m/g, 'cpu: 20m');
    system = await System.apply('rotation', manifest);
    admin = await system.url('service/matrix-synapse-admin', 8008);
    federation = await system.url('service/matrix-synapse', 8009);
  });
  afterAll(async () => system?.remove());

  it('the accounts Job creates an administrator, and waits for an account that a service will create', async () => {
    const log = await eventually('the first account', 120, async () => {
      const said = await jobLog();
      return said.includes('waiting for @agency:caritas.local') && said;
    });
    expect(log).toContain('created @matrix-admin:caritas.local with the password from its Secret');
    expect(log).toContain('removed the rate limits of @matrix-admin:caritas.local');
    expect(log).not.toContain(await system.secret('matrix-admin-secret', 'password'));
    const here = await matrix();
    await here.register('agency');
    person = await here.register('person');
    await completed();
  });

  it('the administrator logs in, and only named accounts have no rate limits', async () => {
    expect(await system.secret('matrix-admin-secret', 'username')).toBe('matrix-admin');
    expect((await asAdmin('v2/users/@matrix-admin:caritas.local')).body).toMatchObject({ admin: true });
    const limits = async (name: string) => (await asAdmin(`v1/users/@${name}:caritas.local/override_ratelimit`)).body;
    const none = { messages_per_second: 0, burst_count: 0 };
    expect([await limits('matrix-admin'), await limits('agency'), await limits('person')]).toEqual([none, none, {}]);
  });

  it('the accounts Job changes nothing when it runs again', async () => {
    const state = () =>
      system.sql(
        "SELECT (SELECT json_agg(u) FROM users u), (SELECT json_agg(r) FROM ratelimit_override r), (SELECT count(*) FROM devices WHERE user_id LIKE '@matrix-admin%' AND NOT hidden)",
      );
    const before = await state();
    await system.kubectl(['delete', 'job', job]);
    await system.kubectl(['apply', '-f', '-'], system.manifest);
    await completed();
    expect(await jobLog()).toBe('accounts: @matrix-admin:caritas.local already exists\naccounts: done\n');
    expect(await state()).toBe(before);
  });

  it('Synapse restarts by itself when the secret of the TURN server changes', async () => {
    const madeWith = async (secret: string) => {
      const path = '/_matrix/client/v3/voip/turnServer';
      const { username, password } = await (await matrix()).ok('GET', path, undefined, person.token);
      return createHmac('sha1', secret).update(username).digest('base64') === password;
    };
    expect(await madeWith('first')).toBe(true);
    const change = () => system.kubectl(['patch', 'secret', 'turn', '-p', JSON.stringify(TURN('second'))]);
    await restarted(change, () => madeWith('second'), 1);
  });

  it('rotations of macaroon, registration and signing key need one or two restarts', async () => {
    const before = await keys();
    const [oldId] = Object.keys(before.verify_keys);
    const [secret, macaroon, form] = await Promise.all(
      ['registration_shared_secret', 'macaroon_secret_key', 'form_secret'].map((key) =>
        system.secret('matrix-synapse-secret', key),
      ),
    );
    const change = async () => {
      expect(await press('macaroon')).toContain('Users stay logged in');
      // After the rotation in the same Secret, which has no effect that a test can see.
      expect(await press('registration')).toContain('has a new registration_shared_secret');
      expect(await press('signing-key')).toContain(
        'has a new signing.key, old-signing-keys.yaml, signing.key.ed25519-a_',
      );
    };
    const takenOver = async () => {
      const signsAnew = !(oldId in (await keys()).verify_keys);
      return signsAnew && (await (await matrix()).register('in-time')).userId === '@in-time:caritas.local';
    };
    await restarted(change, takenOver, 2);
    await expect((await matrix(secret)).register('too-late')).rejects.toThrow('403');
    expect(await system.secret('matrix-synapse-secret', 'macaroon_secret_key')).not.toBe(macaroon);
    expect(await system.secret('matrix-synapse-secret', 'form_secret')).not.toBe(form);
    // Access tokens are in the database, and are not macaroons.
    expect(person.token).toMatch(/^syt_/);
    expect((await whoami()).status).toBe(200);

    const after = await keys();
    expect(Object.keys(after.verify_keys)).not.toContain(oldId);
    expect(after.old_verify_keys).toEqual({
      [oldId]: { key: before.verify_keys[oldId].key, expired_ts: expect.any(Number) },
    });
    expect(after.old_verify_keys[oldId].expired_ts).toBeGreaterThan(Date.now() - 600_000);
  });

  it('the database and Synapse reload a new password, the old one is refused, and a second old signing key is kept', async () => {
    const before = await keys();
    const password = (key: string) => system.secret('matrix-postgres-secret', key);
    const [owner, backup] = [await password('POSTGRES_PASSWORD'), await password('BACKUP_PASSWORD')];
    const letIn = (user: string, password: string) => logIn(system, { user, password });
    expect([await letIn('synapse_user', owner), await letIn('backup', backup)]).toEqual(['let in', 'let in']);
    const change = async () => {
      await press('database');
      await press('signing-key', 2);
    };
    const [oldId] = Object.keys(before.verify_keys);
    const takenOver = async () =>
      !(oldId in (await keys()).verify_keys) &&
      (await letIn('synapse_user', await password('POSTGRES_PASSWORD'))) === 'let in';
    await restarted(change, takenOver, 2);
    for (const [user, key, old] of [
      ['synapse_user', 'POSTGRES_PASSWORD', owner],
      ['backup', 'BACKUP_PASSWORD', backup],
    ]) {
      expect(await letIn(user, await password(key))).toBe('let in');
      expect(await letIn(user, old)).toContain('password authentication failed');
    }
    expect((await whoami()).status).toBe(200);
    const { verify_keys, old_verify_keys } = await keys();
    const earlier = [...Object.keys(before.old_verify_keys), ...Object.keys(before.verify_keys)];
    expect(Object.keys(old_verify_keys).sort()).toEqual(earlier.sort());
    expect(Object.keys(verify_keys)).toHaveLength(1);
  });

  it('the epoch guard accepts the database at the next start of the pod', async () => {
    await system.kubectl(['delete', 'pod', '-l', 'app=matrix-synapse']);
    await system.ready();
    expect(await system.guard()).toBe('epoch-guard: the database is as Synapse left it\n');
  });

  atNight.it(
    'the accounts Job says what to do when the administrator has another password than its Secret',
    async () => {
      const data = { stringData: { password: 'another-one' } };
      await system.kubectl(['patch', 'secret', 'matrix-admin-secret', '-p', JSON.stringify(data)]);
      await system.kubectl(['delete', 'job', job]);
      await system.kubectl(['apply', '-f', '-'], system.manifest);
      const log = await eventually('a refusal', 120, async () => {
        const said = await jobLog();
        return said.includes('cannot log in') && said;
      });
      expect(log).toContain("Put the account's password into the Secret");
    },
  );

  it.each([
    ['patch', 'secret/matrix-signing-key', 'yes'],
    ['get', 'secret/matrix-postgres-secret', 'yes'],
    ['patch', 'secret/matrix-admin-secret', 'no'],
    ['get', 'secret/turn', 'no'],
    ['create', 'secrets', 'no'],
    ['list', 'secrets', 'no'],
    ['delete', 'secret/matrix-signing-key', 'no'],
  ])('a rotation may %s %s: %s', async (verb, what, answer) => {
    const account = `system:serviceaccount:${namespace}:matrix-rotate`;
    const { stdout } = await tryKubectl(['auth', 'can-i', verb, what, '--as', account, '-n', namespace]);
    expect(stdout.trim()).toBe(answer);
  });
});
