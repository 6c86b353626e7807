import { AGENT } from '../support/backups';
import { breakInto, type Loot } from '../support/broken-part';
import { kubectl, tryKubectl } from '../support/kubectl';
import * as planted from '../support/planted';
import { Witness } from '../support/witness';

jest.setTimeout(300_000);

const ACCOUNTS = ['matrix-backup-agent', 'matrix-restore', 'matrix-rotate', 'matrix-secrets'];

/** Sends a merge patch as the agent does, with its token, and prints the status. */
const PATCH = `
import json, sys, kubernetes_api
path = f"/apis/batch/v1/namespaces/{kubernetes_api.namespace()}/cronjobs/matrix-restore-drill{sys.argv[1]}"
pod = {"serviceAccountName": "matrix-restore"}
body = {"spec": {"suspend": False, "jobTemplate": {"spec": {"template": {"spec": pod}}}}}
print(kubernetes_api.call("PATCH", path, body, "application/merge-patch+json", attempts=1)[0])
`;

describe('from within a broken-into part', () => {
  let witness: Witness;
  const can = async (account: string, ...asked: string[]) => {
    const who = `--as=system:serviceaccount:${witness.system.namespace}:${account}`;
    return (await tryKubectl(['auth', 'can-i', ...asked, who, '-n', witness.system.namespace])).stdout.trim();
  };
  const inPod = (container: string, command: string[], input = '') => {
    const pod = ['exec', '-i', 'matrix-postgres-0', '-n', witness.system.namespace, '-c', container, '--'];
    return kubectl([...pod, ...command], input);
  };
  const inPostgres = (script: string) => inPod('postgres', ['sh', '-c', script]);
  const sql = (user: string, text: string) =>
    inPod('postgres', ['psql', '-U', user, '-v', 'ON_ERROR_STOP=1', '-qAt', 'synapse'], text);

  beforeAll(async () => {
    witness = await Witness.install('attacks-inside');
    await witness.say('before the attack');
    await witness.backUp();
  });
  afterAll(async () => witness?.system.remove());

  it.each(ACCOUNTS)('the token of %s starts no pod, and changes none', async (account) => {
    const asked = [
      ...['pods', 'jobs.batch', 'cronjobs.batch', 'deployments.apps', 'rolebindings.rbac.authorization.k8s.io'].map(
        (kind) => ['create', kind],
      ),
      ...[
        'pods',
        'cronjobs.batch/matrix-backup',
        'deployments.apps/matrix-synapse',
        'configmaps/matrix-backup-script',
      ].map((what) => ['patch', what]),
      ['create', 'pods', '--subresource=exec'],
      ['create', 'serviceaccounts', '--subresource=token'],
      ['list', 'secrets'],
      ['get', 'secrets/of-another-application'],
      ['patch', 'secrets/of-another-application'],
    ];
    const answers = await Promise.all(asked.map(async (one) => [one.join(' '), await can(account, ...one)]));
    expect(answers.filter(([, answer]) => answer !== 'no')).toEqual([]);
  });

  it('the token of the agent annotates a CronJob, and cannot change what it runs', async () => {
    const get = ['get', 'cronjob', 'matrix-restore-drill', '-o', 'jsonpath={.spec}'];
    const before = await witness.system.kubectl(get);
    const patch = (path: string) => witness.system.exec(AGENT, 'python3', '-c', PATCH, path);
    expect((await patch('')).trim()).toBe('403');
    expect((await patch('/status')).trim()).toBe('200');
    expect(await witness.system.kubectl(get)).toBe(before);
  });

  it('no process beside PostgreSQL keeps a password in its environment', async () => {
    const script = "cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -ci password || true";
    for (const container of ['roles', 'postgres']) {
      expect([container, (await inPod(container, ['sh', '-c', script])).trim()]).toEqual([container, '0']);
    }
  });

  const SERVER = ['writes /dev/shm', 'writes /tmp'];
  it.each<[string, Loot]>([
    [
      'matrix-postgres',
      {
        postgres: [...SERVER, 'writes /backup/wal', 'writes /var/lib/postgresql/data', 'writes /var/run/postgresql'],
      },
    ],
    [
      'matrix-restore',
      {
        database: [...SERVER, 'writes /backup/wal', 'writes /recovered', 'writes /var/lib/postgresql/data'],
      },
    ],
    [
      'matrix-restore-drill',
      {
        recover: [...SERVER, 'writes /drill', 'writes /recovered'],
        postgres: [...SERVER, 'writes /drill'],
        synapse: ['writes /drill', 'writes /tmp'],
        check: ['reads /backup/metrics', 'writes /backup/metrics', 'writes /drill'],
      },
    ],
    [
      'matrix-backup',
      { copy: ['knows PGPASSWORD', 'writes /backup/work', 'writes /backup/work.notes', 'writes /tmp'] },
    ],
    [
      'matrix-backup-dump',
      { dump: ['knows PGPASSWORD', 'writes /backup/dump', 'writes /backup/dump.notes', 'writes /tmp'] },
    ],
    ['matrix-edge', { haproxy: [] }],
  ])('in %s, a shell reaches what its container needs, and no more', async (workload, expected) => {
    const found = await breakInto(witness.system, workload);
    const sorted = Object.entries(expected).map(([name, all]) => [name, [...all].sort()]);
    expect(Object.fromEntries(sorted.map(([name]) => [name as string, found[name as string]]))).toEqual(
      Object.fromEntries(sorted),
    );
  });

  it('a backup neither believes nor follows what Synapse and PostgreSQL have planted', async () => {
    await sql('synapse_user', planted.OF_THE_OWNER);
    await inPostgres(planted.IN_THE_ARCHIVE);
    await witness.system.exec('deployment/matrix-synapse', 'sh', '-c', planted.ON_THE_MEDIA_CLAIM);
    await witness.say('after the attack');
    await witness.backUp();
    expect(await witness.restic('dump', '--tag', 'set', 'latest', '/manifest.json')).not.toMatch(/link|pipe|odd/);
    expect(await witness.succeeds('backup-verify')).toContain('is whole');
    await witness.shipped();
    expect(await inPostgres('ls /backup/wal')).not.toContain('owned');
  });

  it('a drill names what PostgreSQL has planted in the archive', async () => {
    const log = await witness.fails('restore-drill');
    for (const name of planted.TOLD_OF_THE_ARCHIVE) {
      expect(log).toContain(`${name}, which is not a file`);
    }
    await inPostgres(planted.TIDY_THE_ARCHIVE);
  });

  it('a drill names what the owner of the database has planted', async () => {
    await witness.backUp();
    const log = await witness.fails('restore-drill');
    for (const name of planted.TOLD_OF_THE_OWNER) {
      expect(log).toContain(name);
    }
  });

  it('a restore brings the messages back, and runs nothing of what was planted', async () => {
    await sql('postgres', planted.OF_THE_SUPERUSER);
    await witness.backUp();
    await witness.say('the last word');
    const last = await witness.system.exec(AGENT, 'cat', '/backup/last-set');
    const log = await witness.restore();
    expect(log).toContain('recovery_end_command in postgresql.auto.conf');
    expect(await inPostgres('ls /backup/wal')).not.toContain('owned');
    expect(await witness.system.exec(AGENT, 'cat', '/backup/last-set')).toBe(last);
    expect(await witness.said()).toEqual(['before the attack', 'after the attack', 'the last word']);
    expect(await witness.asked('SELECT rolsuper FROM pg_roles WHERE rolname = $$synapse_user$$')).toBe('f');
    expect(await witness.asked('SELECT count(*) FROM public.e2e_one_time_keys_json')).toBe('0');
  });

  it('a drill names what the superuser has planted too', async () => {
    expect(await witness.fails('restore-drill')).toMatch(
      /what a system of ours never makes: .*(recovery_end_command|event trigger evil_login)/,
    );
  });
});
