import { Testing, Yaml } from 'cdk8s';
import { Federation, HomeserverConfig, MatrixChart, PostgresUpgrade } from '../../../lib';
import { Conversation, sha256 } from '../support/conversation';
import { eventually, kubectl, tryKubectl } from '../support/kubectl';
import { OLD, replaceByOld } from '../support/old-postgres';
import { Shell } from '../support/shell';
import { System } from '../support/system';
import { printedSection } from '../watched/runbook';

jest.setTimeout(1_200_000);

const NAME = 'postgres-upgrade';
const NAMESPACE = `matrix-e2e-${NAME}`;
const PAGE = 'operations/postgresql-major.md';
const FILE = Buffer.from('a file');

/** The system of this project, with the Jobs of the upgrade. */
function manifest(): string {
  const chart = new MatrixChart(Testing.app(), 'matrix', {
    namespace: NAMESPACE,
    serverName: 'caritas.local',
    publicBaseUrl: 'https://matrix.caritas.local',
    synapse: { config: HomeserverConfig.oriso(), federation: Federation.OPEN },
  });
  const { system, postgres: database, synapse: homeserver } = chart;
  new PostgresUpgrade(chart, 'Upgrade', { system, database, homeserver, ...OLD });
  return Yaml.stringify(...chart.toJson());
}

describe('the upgrade of PostgreSQL 15', () => {
  let system: System;
  let conversation: Conversation;
  let file: string;
  let shell: Shell;
  let rows: string;

  const psql = (...args: string[]) => system.exec('matrix-postgres-0', ...args);
  const asked = async (query: string) => (await psql('psql', '-U', 'postgres', '-d', 'synapse', '-Atc', query)).trim();
  const counted = () => asked('SELECT count(*) FROM events');
  const kinds = () =>
    asked("SELECT split_part(version(), '.', 1) || ' ' || datcollate FROM pg_database WHERE datname = 'synapse'");
  const scale = async (replicas: number) => {
    await system.kubectl([
      'scale',
      'deployment/matrix-synapse',
      'statefulset/matrix-postgres',
      `--replicas=${replicas}`,
    ]);
    if (replicas === 0) {
      await system.kubectl([
        'wait',
        '--for=delete',
        'pod',
        '-l',
        'app in (matrix-synapse, matrix-postgres)',
        '--timeout=120s',
      ]);
    }
  };
  /** As the people see it. */
  const reads = async () => {
    const now = await conversation.movedTo(system);
    expect(await now.history()).toEqual(['one', 'two äöü 🙂']);
    expect(await now.download(file)).toBe(sha256(FILE));
  };

  beforeAll(async () => {
    system = await System.apply(NAME, manifest());
    conversation = await Conversation.begin(system);
    await conversation.say('one');
    await conversation.say('two äöü 🙂');
    file = await conversation.upload(FILE);
    const dump = await psql('pg_dump', '-U', 'postgres', 'synapse');
    await scale(0);
    await replaceByOld(system, dump);
    rows = String((dump.match(/^COPY public\.events .*?^\\\.$/ms)?.[0].split('\n').length ?? 0) - 2);
    shell = Shell.withoutSystem(NAMESPACE, manifest());
  });
  afterAll(async () => {
    shell?.close();
    await system?.remove();
  });

  it('is refused while PostgreSQL runs, and the new one does not start on the old data', async () => {
    await kubectl(['apply', '-f', '-'], manifest());
    const { succeeded, log } = await system.run('matrix-postgres-upgrade', 'too-early', 480);
    expect(succeeded).toBe(false);
    expect(log).toMatch(/stopped: REFUSED: \w+ matrix-\w+ is not scaled to 0/);
    await eventually('the sentence of the new PostgreSQL', 120, async () =>
      (await tryKubectl(['logs', 'matrix-postgres-0', '-c', 'initialise', '-n', NAMESPACE])).stdout.includes(
        'the volume holds a database of PostgreSQL 15, but this image is PostgreSQL 17. The data is unchanged',
      ),
    );
  });

  it('can be run again after it was killed at any moment', async () => {
    await scale(0);
    let killed = 0;
    for (let seconds = 0; ; seconds += 0.3) {
      const job = `killed-${killed}`;
      await system.kubectl(['create', 'job', '--from=cronjob/matrix-postgres-upgrade', job]);
      const container = () =>
        system.kubectl([
          'get',
          'pods',
          '-l',
          `job-name=${job}`,
          '-o',
          'jsonpath={..status.containerStatuses[*].state}',
        ]);
      await eventually('the upgrade to run', 120, async () => /running|terminated/.test(await container()));
      await new Promise((done) => setTimeout(done, seconds * 1000));
      const ended = (await container()).includes('terminated');
      const log = await system.kubectl(['logs', `job/${job}`, '-c', 'upgrade']);
      await system.kubectl(['delete', 'pod', '-l', `job-name=${job}`, '--grace-period=0', '--force']);
      await system.kubectl(['delete', 'job', job, '--ignore-not-found']);
      if (ended) {
        expect(log).toMatch(
          /upgrade: (PostgreSQL 15 became 17|finished what was interrupted|.* already, nothing was changed)/,
        );
        break;
      }
      killed += 1;
    }
    console.info(`killed ${killed} times`);
    expect(killed).toBeGreaterThan(1);
  });

  it('does nothing when it is done, and goes back', async () => {
    const { log } = await system.run('matrix-postgres-upgrade', 'again');
    expect(log).toContain('upgrade: the claim has a database of PostgreSQL 17 already, nothing was changed');
    await shell.ok(printedSection(PAGE, '## Go back'));
  });

  it('moves every value by the printed commands, and says what it left behind', async () => {
    const said = await shell.ok(printedSection(PAGE, '## Upgrade'));
    console.info(said);
    expect(said).toMatch(/PostgreSQL 15 became 17 in \d+ s: \d+ tables with \d+ rows are equal value by value/);
    expect(said).toContain('upgrade: NOT moved: the databases another of the old server');
    expect(await kinds()).toBe('PostgreSQL 17 C');
    expect(await counted()).toBe(rows);
    await reads();
  });

  it('keeps the old data, and has the new one backed up', async () => {
    expect(await psql('ls', '/var/lib/postgresql/data')).toContain('pgdata.postgresql-15');
    const { succeeded, log } = await system.run('matrix-backup', 'after', 240);
    expect(`${succeeded} ${log}`).toMatch(/^true /);
  });
});
