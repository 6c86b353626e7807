import { Duration } from 'cdk8s';
import type { Rule } from '../../lib/monitoring/rules/rule-groups';
import { watchedAlerts } from '../support/alerts';
import { recordedFamilies } from '../support/promql';
import { atNight } from './support/at-night';
import { Backups } from './support/backups';
import { eventually, kubectl } from './support/kubectl';
import { askedSelectors, panelQueries } from './watched/asked-series';
import { EVENT_SERIES } from './watched/event-series';
import { arrival, FAULTS, type Fault } from './watched/faults';
import { lookingCommands } from './watched/runbook';
import { Traffic } from './watched/traffic';
import { WatchedSystem } from './watched/watched-system';

jest.setTimeout(600_000);

const NAMESPACE = 'matrix-e2e-monitoring';
/** All alerts, also those on features that this system lacks. */
const RULES: Rule[] = watchedAlerts().map((rule) => ({
  ...rule,
  expr: rule.expr.replaceAll('namespace="caritas"', `namespace="${NAMESPACE}"`),
}));

describe('monitoring', () => {
  let watched: WatchedSystem;

  beforeAll(async () => {
    watched = await WatchedSystem.install('monitoring', Duration.seconds(20));
    const traffic = await Traffic.between(await watched.client(), 'alice', 'bob');
    // A rate needs two scrapes of a series.
    await Promise.all([traffic.forSeconds(15), new Backups(watched.system).succeed('backup')]);
  });
  afterAll(async () => watched?.remove());

  it('scrapes every pod with metrics and asks every public address', async () => {
    const { prometheus } = watched;
    const asked = [
      'matrix-backup-agent',
      'matrix-edge',
      'matrix-edge',
      'matrix-postgres',
      'matrix-probe-federation',
      'matrix-probe-versions',
      'matrix-probe-well-known-client',
      'matrix-probe-well-known-server',
      'matrix-synapse',
      'matrix-synthetic-user',
    ];
    // One that did not answer in time on a busy machine does so later.
    await eventually('every target and every public address to answer', 60, async () => {
      const targets = await prometheus.targets(NAMESPACE);
      expect(targets.filter(({ health }) => health !== 'up')).toEqual([]);
      expect(targets.map(({ job }) => job).sort()).toEqual(asked);
      expect(await prometheus.query(`probe_success{namespace="${NAMESPACE}"} == 1`)).toHaveLength(4);
      return true;
    });
  });

  it('has every series that an alert or a panel asks for', async () => {
    const reasons = Object.keys(EVENT_SERIES);
    const missing = async () => {
      const answers = askedSelectors(RULES, NAMESPACE).map(async (selector) => ({
        selector,
        found: await watched.prometheus.query(selector),
      }));
      return (await Promise.all(answers)).filter(({ found }) => found.length === 0).map(({ selector }) => selector);
    };
    const unexplained = (selectors: string[]) =>
      selectors.filter((selector) => !reasons.some((part) => selector.includes(part)));
    let last: string[] = [];
    // Some are counted once a minute.
    for (const end = Date.now() + 90_000; Date.now() < end; await new Promise((done) => setTimeout(done, 3000))) {
      last = await missing();
      if (unexplained(last).length === 0) {
        break;
      }
    }
    expect(unexplained(last)).toEqual([]);
    // A reason that is no longer needed has to go.
    expect(reasons.filter((part) => !last.some((selector) => selector.includes(part)))).toEqual([]);
  });

  it('has the families that were recorded, by which the unit tests know metrics', async () => {
    const live = await watched.prometheus.families(NAMESPACE);
    const absent = ['call-tokens.txt', 'calls.txt', 'database.txt', 'media-bucket.txt'];
    expect(recordedFamilies(...absent).filter((line) => !live.includes(line))).toEqual([]);
  });

  it('has data for every panel', async () => {
    const empty: string[] = [];
    for (const { panel, expression } of panelQueries(NAMESPACE)) {
      const values = await watched.prometheus.query(expression);
      if (values.length === 0 || values.some(({ value }) => Number.isNaN(value))) {
        empty.push(`${panel}: ${expression}`);
      }
    }
    expect(empty).toEqual([]);
  });

  it('lets the exporter log in only as the role that reads statistics', async () => {
    const may = `has_table_privilege('metrics', 'event_json', 'SELECT'), pg_has_role('metrics', 'pg_monitor', 'member')`;
    expect(await watched.system.sql(`SELECT ${may}`)).toBe('f|t');
    const other =
      'DATA_SOURCE_NAME="host=/var/run/postgresql user=postgres dbname=synapse sslmode=disable" ' +
      'timeout 3 postgres_exporter --web.listen-address=127.0.0.1:9188 & sleep 1; curl --silent localhost:9188/metrics';
    const exporter = ['exec', '-n', NAMESPACE, 'matrix-postgres-0', '-c', 'exporter', '--', 'sh', '-c'];
    expect(await kubectl([...exporter, other])).toContain('pg_up 0');
  });

  it('tells everything else while a table is locked', async () => {
    const held = watched.system.sql('LOCK TABLE applied_schema_deltas IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(6)');
    await new Promise((done) => setTimeout(done, 1500));
    const scrape = ['exec', '-n', NAMESPACE, 'matrix-postgres-0', '-c', 'exporter', '--', 'curl', '--silent'];
    const metrics = await kubectl([...scrape, '--max-time', '4', 'localhost:9187/metrics']);
    expect(metrics).toContain('pg_up 1');
    expect(metrics).toMatch(/^matrix_postgres_connections\{/m);
    await held;
  });

  atNight.it('answers every command by which a runbook looks', async () => {
    const commands = lookingCommands();
    expect(commands.length).toBeGreaterThan(40);
    const wrong: string[] = [];
    const next = async () => {
      for (let command = commands.pop(); command; command = commands.pop()) {
        // A filter that finds nothing is an answer too.
        const { stderr } = await watched.shell.run(`${command} || true`);
        wrong.push(...(/error|not found|unknown|forbidden|refused/i.test(stderr) ? [`${command}: ${stderr}`] : []));
      }
    };
    await Promise.all(Array.from({ length: 4 }, next));
    expect(wrong).toEqual([]);
  });

  describe('when something is wrong', () => {
    let arrivals: Map<Fault, Promise<string>>;

    beforeAll(() => {
      arrivals = new Map(FAULTS.map((fault) => [fault, arrival(watched, fault)]));
      // Each is awaited below.
      for (const one of arrivals.values()) {
        one.catch(() => undefined);
      }
    });

    it.each(FAULTS.map((fault) => [fault.alert, fault] as const))('%s arrives', async (_, fault) => {
      console.log(await arrivals.get(fault));
    });

    it('ends when the commands of the runbooks were run', async () => {
      const since = Date.now() / 1000;
      for (const fault of FAULTS) {
        await watched.shell.ok(fault.remedy());
      }
      for (const { alert } of FAULTS) {
        const { receivedAt } = await watched.prometheus.arrived(NAMESPACE, alert, 'resolved', since);
        console.log(`${alert}: its end arrived ${Math.round(receivedAt - since)} s after the commands`);
      }
    });
  });
});
