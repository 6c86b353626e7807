import { AGENT } from '../support/backups';
import type { Conversation } from '../support/conversation';
import { eventually } from '../support/kubectl';
import { OffSiteSystem } from '../support/off-site-system';

/** Length of the store's outage, in seconds. */
const OUTAGE = Number(process.env.OUTAGE ?? 120);
const SAID_EVERY = 5;

jest.setTimeout(480_000 + OUTAGE * 1000);

describe('a store that refuses backups', () => {
  let there: OffSiteSystem;
  let conversation: Conversation;

  const agentLog = () => there.system.kubectl(['logs', AGENT]);
  const restartAgent = async () => {
    await there.system.kubectl(['rollout', 'restart', AGENT]);
    await there.system.kubectl(['rollout', 'status', AGENT, '--timeout=60s']).catch(() => undefined);
  };
  /** The error of each attempt of a job. */
  const fails = async (what: string): Promise<string[]> => {
    const began = Date.now();
    const { succeeded, log } = await there.backups.run(what, 400);
    process.stdout.write(`off-site: ${what} failed, tried twice, after ${(Date.now() - began) / 1000} s\n`);
    expect({ succeeded, log }).toEqual({ succeeded: false, log });
    return log
      .split('\n')
      .filter((line) => line.startsWith(`${what}: `) && !line.includes('the base backup is verified'));
  };
  const setPassword = (repository_password: string) =>
    there.system.kubectl([
      'patch',
      'secret',
      'matrix-backup-secret',
      '--type=merge',
      '-p',
      JSON.stringify({ stringData: { repository_password } }),
    ]);

  beforeAll(async () => {
    there = await OffSiteSystem.install('trouble');
    conversation = await there.talk();
    await conversation.say('before');
    await there.backups.succeed('backup');
    await there.backups.shipped();
  });
  afterAll(async () => there?.remove());

  it(`is down for ${OUTAGE} s: messages go on, and the agent says why nothing is backed up`, async () => {
    await there.store.stop();
    const began = Date.now();
    const job = fails('backup');
    for (let number = 1; Date.now() - began < OUTAGE * 1000; number++) {
      await conversation.say(`in the outage ${number}`);
      await there.backups.handOver();
      await new Promise((done) => setTimeout(done, SAID_EVERY * 1000));
    }
    expect(await there.backups.metric('backup_problem{part="log"}')).toBe(1);
    expect(await there.backups.agentIsReady()).toBe(false);
    expect(await there.backups.problems()).toMatch(
      /^WAL written \d+ s ago is not in the repository yet: the repository at s3:https:.* did not answer within \d+ s: .*(refused|timeout|no route)/i,
    );
    expect(await agentLog()).toMatch(/^agent: the repository at s3:.* did not answer within \d+ s: .+$/m);
    const line = /^backup: the repository at s3:.* did not answer within 60 s: .*(refused|timeout|no route)/i;
    expect(await job).toEqual(Array(2).fill(expect.stringMatching(line)));
  });

  it('is up again: every message of the outage is archived by itself', async () => {
    await there.store.start();
    const began = Date.now();
    await there.backups.shipped(180);
    await eventually('the agent to be ready', 60, () => there.backups.agentIsReady());
    process.stdout.write(`off-site: recovered ${(Date.now() - began) / 1000} s after the store\n`);
    expect(await there.backups.problems()).toBe('all is well');
    const said = await conversation.history();
    expect(said.length).toBeGreaterThan(OUTAGE / SAID_EVERY / 4);
    expect(await restored()).toEqual(said);
  });

  it('has another password: the error says so', async () => {
    const password = await there.system.secret('matrix-backup-secret', 'repository_password');
    await setPassword('something else');
    await restartAgent();
    const line = 'the password in the Secret does not open the repository at ';
    expect(await fails('backup')).toEqual(Array(2).fill(expect.stringContaining(`backup: ${line}`)));
    await there.backups.handOver();
    await eventually('the agent to say so', 60, async () => (await agentLog()).includes(`agent: ${line}`));
    await setPassword(password);
    await restartAgent();
    await there.backups.succeed('backup');
    await there.backups.shipped();
  });

  it('refuses the credentials: the error says so, and backups go on by themselves with new ones', async () => {
    await there.store.expire();
    const lines = await fails('backup');
    expect(lines).toEqual(
      Array(2).fill(expect.stringMatching(/^backup: the repository at s3:.*(SignatureDoesNotMatch|signature|Access)/)),
    );
    await conversation.say('with wrong credentials');
    await there.backups.handOver();
    await eventually('the agent to say so', 180, async () =>
      /agent: the repository at .*signature/i.test(await agentLog()),
    );
    await there.applySecrets();
    // A changed Secret takes up to two minutes to reach its pods.
    await there.backups.shipped(240);
    await there.backups.succeed('backup');
    expect(await there.backups.problems()).toBe('all is well');
  });

  /** The messages after a restore into an empty volume. */
  async function restored(): Promise<string[]> {
    const { backups } = there;
    await backups.loseClaims('matrix-postgres-pvc', 'matrix-postgres-backup-pvc');
    const { succeeded, log } = await backups.restore();
    expect({ succeeded, log }).toEqual({ succeeded: true, log: expect.stringContaining('restore: done') });
    await backups.scale(1);
    return eventually('an answer', 60, () => conversation.history());
  }
});
