import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Federation, Monitoring, Peer, SecretKey, Turn } from '../../../lib';
import { Authority } from '../support/authority';
import { SYNTHETIC_USER } from '../support/controller';
import { eventually } from '../support/kubectl';
import { type Account, Matrix } from '../support/matrix';
import { commandsBelow } from '../support/printed-commands';
import { PublicSystem, secret } from '../support/public-system';
import { Shell } from '../support/shell';

jest.setTimeout(240_000);

const STEPS = 'well_known federation login room sync send deliver read upload download turn'.split(' ');
/** What needs Synapse, once its accounts are logged in. */
const OF_SYNAPSE = 'federation sync send deliver read upload download turn'.split(' ');
const RECORDED = readFileSync(join(__dirname, '../../monitoring/scrapes/synthetic-user.txt'), 'utf8');
const USERS = ['1', '2'].map((end) => `@matrix-synthetic-user-${end}:synthetic-user.test`);
const adminOf = (user: string) => `/_synapse/admin/v2/users/${encodeURIComponent(user)}`;

/** The synthetic user, through the cluster's controller with TLS. */
describe('the synthetic user', () => {
  const authority = Authority.make();
  let home: PublicSystem;
  let metrics: string;
  let matrix: Matrix;
  let boss: Account;

  beforeAll(async () => {
    const props = {
      synapse: { federation: Federation.OPEN },
      turn: Turn.external({
        uris: ['turns:turn.example.org:5349'],
        sharedSecret: SecretKey.fromSecretName('turn', 'secret'),
      }),
      monitoring: Monitoring.annotations({ collector: Peer.pods({ app: 'collector' }) }),
      syntheticUser: SYNTHETIC_USER,
    };
    const secrets = [secret('turn', { secret: 'shared' }), secret('private-ca', { 'ca.crt': authority.certificate })];
    home = await PublicSystem.install('synthetic-user', authority, props, secrets);
    metrics = await home.system.url('deployment/matrix-synthetic-user', 9090);
    const sharedSecret = await home.system.secret('matrix-synapse-secret', 'registration_shared_secret');
    matrix = new Matrix(await home.system.url('deployment/matrix-synapse', 8008), sharedSecret);
    boss = await matrix.register('boss', true);
  }, 300_000);
  afterAll(() => home?.remove());

  const scrape = async () => (await fetch(`${metrics}/metrics`)).text();

  /** How often each step had this result. */
  async function counted(result: string): Promise<{ [step: string]: number }> {
    const found = (await scrape()).matchAll(/^matrix_synthetic_steps_total\{result="(\w+)",step="(\w+)"\} (\S+)$/gm);
    return Object.fromEntries(
      [...found].filter(([, of]) => of === result).map(([, , step, value]) => [step, Number(value)]),
    );
  }

  /** Waits until each of these steps had this result once more. */
  async function onceMore(result: string, steps: string[], seconds: number): Promise<void> {
    const before = await counted(result);
    await eventually(`${result} of ${steps}`, seconds, async () => {
      const now = await counted(result);
      return steps.every((step) => now[step] > before[step]);
    });
  }

  it('takes every step', async () => {
    await eventually('every step', 150, async () => {
      const succeeded = await counted('success');
      return STEPS.every((step) => succeeded[step] > 0);
    });
    expect(Object.keys(await counted('failure')).sort()).toEqual([...STEPS].sort());
  });

  it.each([
    ['how-to/metrics.md', '## A synthetic user', 'synthetic-user: send works'],
    ['runbooks/MatrixSyntheticUserFailing.md', '## Is it real', 'synthetic-user: send works'],
    ['runbooks/MatrixSyntheticUserDown.md', '## Is it real', '1/1'],
    ['runbooks/MatrixDeliverySlow.md', '## Is it real', 'synthetic-user: deliver works'],
  ])('shows with the commands of %s what it says', async (page, heading, expected) => {
    const commands = commandsBelow(readFileSync(join(__dirname, '../../../docs', page), 'utf8'), heading);
    const shell = Shell.withoutSystem(home.system.namespace, home.system.manifest);
    try {
      expect(await shell.ok(commands)).toContain(expected);
    } finally {
      shell.close();
    }
  });

  it('has the metrics that are recorded for rules and dashboards', async () => {
    const families = [...(await scrape()).matchAll(/^# TYPE (.*)$/gm)].map(([, family]) => family);
    expect(families.sort()).toEqual(RECORDED.trim().split('\n').sort());
  });

  it('has accounts without rights, and a room that people and other servers do not see', async () => {
    for (const user of USERS) {
      const about = await matrix.ok('GET', adminOf(user), undefined, boss.token);
      expect(about).toMatchObject({ admin: false, user_type: 'support' });
    }
    const { rooms } = await matrix.ok('GET', '/_synapse/admin/v1/rooms', undefined, boss.token);
    expect(rooms).toEqual([
      expect.objectContaining({ federatable: false, public: false, canonical_alias: null, joined_members: 2 }),
    ]);
  });

  it('keeps its history and its files short', async () => {
    const { system } = home;
    const count = async (rows: string) => Number(await system.sql(`SELECT count(*) FROM ${rows}`));
    const old = "events WHERE type = 'm.room.message' AND received_ts < (extract(epoch FROM now()) - 86400) * 1000";
    await onceMore('success', ['send'], 30);
    await system.sql('UPDATE events SET received_ts = received_ts - 2 * 86400000');
    const token = await matrix.login(USERS[0], await system.secret('matrix-synthetic-user-secret', 'password'));
    for (let file = 0; file < 20; file++) {
      await matrix.ok('POST', '/_matrix/media/v3/upload', Buffer.from('old'), token);
    }
    expect(await count(old)).toBeGreaterThan(1);

    expect((await system.run('matrix-synthetic-keeper', 'again')).log).toContain('removed old messages');
    expect(await count(old)).toBeLessThan(2);
    expect(await count('local_media_repository')).toBeLessThan(20);
    await onceMore('success', ['send', 'deliver', 'read', 'upload', 'download'], 30);
  });

  it('says what fails while Synapse is away, and that it works again', async () => {
    await home.system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=0']);
    await onceMore('failure', OF_SYNAPSE, 90);
    await onceMore('success', ['well_known'], 30);
    await home.system.kubectl(['scale', 'deployment/matrix-synapse', '--replicas=1']);
    await onceMore('success', OF_SYNAPSE, 90);
  });
});
