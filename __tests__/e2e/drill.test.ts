import { randomBytes } from 'node:crypto';
import { atNight } from './support/at-night';
import { AGENT } from './support/backups';
import { eventually, kubectl } from './support/kubectl';
import { podIp, reachable, startProbe } from './support/probe-pod';
import { Witness } from './support/witness';

jest.setTimeout(300_000);

const DRILL = 'matrix-restore-drill';
/** Backup, recovery time with its parts, recovery point. */
const OUTCOME =
  /\S+Z set (\d{8}T\d{6}Z) restored in (\d+) s \(RTO; fetch [\d.]+, verify [\d.]+, recovery [\d.]+, amcheck [\d.]+, check [\d.]+, synapse [\d.]+\), RPO (\d+) s/;

describe('a drill', () => {
  let witness: Witness;
  let set: string;
  let drillLog: string;
  let live: string;

  const annotation = () =>
    witness.system.kubectl(['get', 'cronjob', DRILL, '-o', 'jsonpath={.metadata.annotations.oriso-matrix/last-drill}']);
  /** The agent's answer at a path. */
  const agent = async (path: string) => {
    const answer = await fetch(`${await witness.system.url(AGENT, 9090)}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  /** Rows that a drill could have changed, and pods that it could have restarted. */
  const liveSystem = async () => {
    const counts = ['users', 'event_json', 'devices', 'access_tokens', 'local_media_repository'];
    const pods = [
      'get',
      'pods',
      '-l',
      'app in (matrix-synapse, matrix-postgres)',
      '-o',
      'jsonpath={.items[*].metadata.uid}',
    ];
    const rows = counts.map((table) => `(SELECT count(*) FROM ${table})`).join(', ');
    return `${await witness.asked(`SELECT ${rows}`)} ${await witness.system.kubectl(pods)}`;
  };

  beforeAll(async () => {
    witness = await Witness.install('drill');
    await witness.conversation.upload(randomBytes(100_000));
    await witness.say('before the set');
    set = await witness.backUp();
    await witness.say('after the set');
    await witness.shipped();
    live = await liveSystem();
    drillLog = await witness.succeeds('restore-drill');
  });
  afterAll(async () => witness?.system.remove());

  it('restores the newest backup and reads its content from Synapse', () => {
    expect(drillLog).toContain(`drill: the database of backup ${set} is recovered to `);
    expect(drillLog).toMatch(OUTCOME);
    const [, restored, recoveryTime, recoveryPoint] = OUTCOME.exec(drillLog) ?? [];
    process.stdout.write(`${OUTCOME.exec(drillLog)?.[0]}\n`);
    expect(restored).toBe(set);
    expect(Number(recoveryTime)).toBeGreaterThan(0);
    expect(Number(recoveryPoint)).toBeLessThanOrEqual(60);
  });

  it('does not change the running system', async () => {
    expect(await liveSystem()).toBe(live);
    expect(await witness.said()).toEqual(['before the set', 'after the set']);
  });

  it('annotates its outcome for kubectl', async () => {
    const outcome = OUTCOME.exec(drillLog)?.[0];
    expect(await eventually('the annotation', 30, annotation)).toBe(outcome);
  });

  it('exports its outcome as metrics', async () => {
    const { text } = await agent('/metrics');
    const value = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(Date.now() / 1000 - value('matrix_drill_last_success_timestamp_seconds')).toBeLessThan(120);
    expect(value('matrix_drill_recovery_time_seconds')).toBeCloseTo(Number(OUTCOME.exec(drillLog)?.[2]), -1);
    expect(value('matrix_log_recovery_point_seconds')).toBeLessThanOrEqual(60);
    for (const part of ['archive', 'log', 'backup', 'prune', 'drill', 'dump']) {
      expect(value(`matrix_backup_problem{part="${part}"}`)).toBe(0);
    }
  });

  atNight.it('cannot connect to any other pod, because its pod has a copy of all data', async () => {
    const { namespace } = witness.system;
    const service = ['get', 'service', 'kubernetes', '-n', 'default', '-o', 'jsonpath={.spec.clusterIP}'];
    const [postgres, synapse] = await Promise.all(
      ['matrix-postgres', 'matrix-synapse'].map((name) => podIp(namespace, `app=${name}`)),
    );
    await startProbe(namespace, 'neighbour', { app: 'neighbour' });
    const neighbour = `${await podIp(namespace, 'app=neighbour')}:8080`;
    const api = `${await kubectl(service)}:443`;
    await startProbe(namespace, 'as-drill', { app: DRILL });
    await startProbe(namespace, 'as-stranger', { app: 'stranger' });
    const everything = [neighbour, api, `${postgres}:5432`, `${synapse}:8008`];
    await eventually(
      'policies in force',
      20,
      async () => (await reachable(namespace, 'as-drill', everything)).length === 0,
    );
    expect(await reachable(namespace, 'as-stranger', everything)).toEqual([neighbour, api].sort());
  });

  atNight.it('names code in the database that Synapse never makes', async () => {
    await witness.asked('CREATE FUNCTION public.greet() RETURNS int LANGUAGE sql AS $$SELECT 1$$');
    await witness.backUp();
    expect(await witness.fails('restore-drill')).toContain('holds what a system of ours never makes: function greet.');
    await witness.asked('DROP FUNCTION public.greet()');
  });

  atNight.it(
    'fails when Synapse does not start on the restored database, and says so within its time',
    async () => {
      const compatible = await witness.asked('SELECT compat_version FROM schema_compat_version');
      await witness.asked('UPDATE schema_compat_version SET compat_version = 999');
      await witness.backUp();
      await witness.asked(`UPDATE schema_compat_version SET compat_version = ${compatible}`);
      expect(await witness.fails('restore-drill', 900)).toContain(
        'has not started on the restored database within 600 s',
      );
    },
    1_200_000,
  );

  it('fails when the backup lacks a media file that the database lists, and names it', async () => {
    const media = await witness.conversation.upload(randomBytes(1000));
    const path = `/data/media_store/local_content/${media.slice(0, 2)}/${media.slice(2, 4)}/${media.slice(4)}`;
    await witness.system.exec('deployment/matrix-synapse', 'rm', path);
    await witness.backUp();
    const before = await annotation();
    expect(await witness.fails('restore-drill')).toContain(
      `media file ${media} has a row in the database but is not in the backup`,
    );
    expect(await annotation()).toBe(before);
  });

  atNight.it('makes the agent not ready when the last success is too old, with the reason', async () => {
    await witness.changeSettings(({ jobs }) => {
      jobs.drill.maximumAge = 5;
    });
    await witness.system.kubectl(['rollout', 'restart', AGENT]);
    await eventually('the complaint', 90, async () => {
      const log = await witness.system.kubectl(['logs', '-l', 'app=matrix-backup-agent', '--tail=-1']);
      return log.includes('agent: PROBLEM with drill: no drill has succeeded for ');
    });
    expect(await agent('/ready')).toEqual({
      status: 503,
      text: expect.stringMatching(/^no drill has succeeded for /m),
    });
    expect((await agent('/metrics')).text).toContain('matrix_backup_problem{part="drill"} 1\n');
    const ready = ['get', AGENT, '-o', 'jsonpath={.status.readyReplicas}'];
    await eventually('the agent not to be ready', 60, async () => (await witness.system.kubectl(ready)) === '');
  });
});
