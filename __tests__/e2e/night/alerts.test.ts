import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { Peer } from '../../../lib';
import { AGENT, Backups } from '../support/backups';
import { eventually } from '../support/kubectl';
import { type SmallDisk, smallDisk } from '../support/small-disk';
import { arrival, type Fault } from '../watched/faults';
import { NIGHT_FAULTS } from '../watched/night-faults';
import { OUTSIDE, outsideProxy } from '../watched/outside-proxy';
import { Traffic } from '../watched/traffic';
import { WatchedSystem } from '../watched/watched-system';

const NAMESPACE = 'matrix-e2e-alerts';
const NODE_PORT = 30392;
/** Seconds after which a backup or a drill is overdue here. */
const OVERDUE = 240;
/** Seconds after which the start of a system is no longer in a rate of five minutes. */
const SETTLED = 300;
/** Seconds between two evaluations of the rules. */
const SCRAPE = 5;
/** Seconds of the busy and of the quiet stretch: `STRETCH=3600 npm run e2e -- alerts` watches for two hours. */
const STRETCH = Number(process.env.STRETCH ?? 300);
jest.setTimeout(900_000 + 2000 * STRETCH);

/** Every new system has these, until its operator has acted. */
const OF_NEW_SYSTEMS = ['MatrixBackupPasswordNotEscrowed'];

describe('alerts', () => {
  let watched: WatchedSystem;
  let disk: SmallDisk;
  let backups: Backups;
  let traffic: Traffic;
  const report: string[] = [];
  /** The admin API; opened anew for each fault, because a forward ends with the pod that it leads to. */
  let admin: string;
  /** What stands for the port-forward and the token that the documentation asks for. */
  let here: (command: string) => string;

  beforeAll(async () => {
    disk = await smallDisk(NAMESPACE, 'matrix-postgres-backup-pvc', 10240);
    const prober = `${NAMESPACE}-prober`;
    const allowedClients = [Peer.pods(OUTSIDE, prober)];
    const edge = { nodePort: NODE_PORT, allowedClients };
    watched = await WatchedSystem.install('alerts', Duration.seconds(60), { edge });
    await outsideProxy(prober, watched.certify(90), NODE_PORT);
    const { system, shell } = watched;
    backups = new Backups(system);
    const client = await watched.client();
    traffic = await Traffic.between(client, 'alice', 'bob');
    const { token } = await client.register('ops', true);
    here = (command) => `export TOKEN=${token}\n${command.replaceAll('http://localhost:8008', admin)}`;
    for (const [name, days] of [['tls', 90] as const, ['ending', 3] as const]) {
      const { certificate, key } = watched.certify(days);
      writeFileSync(join(shell.folder, `${name}.crt`), certificate);
      writeFileSync(join(shell.folder, `${name}.key`), key);
    }
  });
  afterAll(async () => {
    const names = await watched?.prometheus.names(NAMESPACE);
    console.log([...report, `arrived: ${names?.join(', ')}`].join('\n'));
    await watched?.remove();
    await disk?.remove();
  });

  it('stay silent while people write and backups run, and while nothing happens', async () => {
    const { prometheus, rules } = watched;
    await backups.succeed('backup');
    // The start of a system is neither.
    await new Promise((done) => setTimeout(done, SETTLED * 1000));
    const began = Date.now();
    await Promise.all([traffic.forSeconds(STRETCH), backups.succeed('restore-drill')]);
    report.push(`busy: ${await load()}`);
    await new Promise((done) => setTimeout(done, STRETCH * 1000));
    report.push(`idle: ${await load()}`);
    const window = Math.round((Date.now() - began) / 1000);
    report.push(`no alert was to fire for ${window} s`);
    const active = `sum by (alertname) (count_over_time(ALERTS{namespace="${NAMESPACE}",alertstate="firing"}[${window}s]))`;
    const fired = (await prometheus.query(active)).filter(({ metric, value }) => {
      const patience = rules
        .filter(({ alert }) => alert === metric.alertname)
        .map((rule) => Number.parseInt(rule.for ?? '0', 10));
      return value * SCRAPE > Math.min(...patience);
    });
    expect(fired.map(({ metric }) => metric.alertname).filter((name) => !OF_NEW_SYSTEMS.includes(name))).toEqual([]);
  });

  /** What watching costs: series and samples of the whole system, CPU and memory of exporter and synthetic user. */
  async function load(): Promise<string> {
    const { prometheus } = watched;
    const series = await prometheus.query(`sum by (job) (scrape_samples_scraped{namespace="${NAMESPACE}"})`);
    const counts = series.map(({ metric, value }) => `${metric.job} ${value}`);
    const cores = `rate(process_cpu_seconds_total{namespace="${NAMESPACE}",job=~".*(postgres|synthetic-user)"}[2m])`;
    const cpu = (await prometheus.query(cores)).map(
      ({ metric, value }) => `${metric.job} ${Math.round(value * 6e4)} ms`,
    );
    const bytes = `process_resident_memory_bytes{namespace="${NAMESPACE}",job=~".*(postgres|synthetic-user)"}`;
    const memory = (await prometheus.query(bytes)).map(({ metric, value }) => `${metric.job} ${value >> 20} MiB`);
    const all = series.reduce((sum, { value }) => sum + value, 0);
    const scraped = `sum(sum_over_time(scrape_samples_scraped{namespace="${NAMESPACE}"}[5m])) / 300`;
    const perSecond = Math.round(await prometheus.value(scraped));
    return [
      `${all} series, ${perSecond} samples a second: ${counts.join(', ')}`,
      `CPU a minute ${cpu.join(', ')}`,
      `memory ${memory.join(', ')}`,
    ].join('; ');
  }

  it.each(NIGHT_FAULTS.map((fault) => [[fault.alert, fault.what].filter(Boolean).join(' '), fault] as const))(
    '%s arrives, and ends by its runbook',
    (_, fault) => endured(fault),
  );

  async function endured(fault: Fault): Promise<void> {
    const { shell, prometheus } = watched;
    const firing = `ALERTS{namespace="${NAMESPACE}",alertname="${fault.alert}",alertstate="firing"}`;
    const silent = async () => (await prometheus.query(firing)).length === 0;
    admin = await watched.system.url('service/matrix-synapse-admin', 8008);
    await shell.ok(fault.first ?? 'true');
    if (fault.cause) {
      await eventually(`${fault.alert} to be silent`, 60, silent);
    }
    const usual = fault.overdue && (await dueAfter(fault.overdue, OVERDUE));
    let since = 0;
    try {
      report.push(await arrival(watched, { ...fault, cause: fault.cause && here(fault.cause) }));
    } finally {
      // Also when nothing arrived: the next fault needs a system that is well.
      since = Date.now() / 1000;
      await shell.ok(here(fault.remedy()));
    }
    const { receivedAt } = await prometheus.arrived(NAMESPACE, fault.alert, 'resolved', since);
    report.push(`  its end ${Math.round(receivedAt - since)} s after the commands of the runbook`);
    // Some are about several things.
    await eventually(`the end of ${fault.alert}`, 420, silent);
    if (fault.overdue && usual) {
      await dueAfter(fault.overdue, usual);
    }
    await watched.system.ready();
  }

  /** Sets the age at which a job is overdue, and returns the one before. */
  async function dueAfter(job: string, seconds: number): Promise<number> {
    const pods = ['-l', 'app=matrix-backup-agent'];
    let before = 0;
    await backups.changeSettings(({ jobs }) => {
      before = jobs[job].maximumAge;
      jobs[job].maximumAge = seconds;
    });
    await watched.system.kubectl(['scale', AGENT, '--replicas=0']);
    await watched.system.kubectl(['wait', 'pod', ...pods, '--for=delete', '--timeout=120s']);
    await watched.system.kubectl(['scale', AGENT, '--replicas=1']);
    // It is not ready as long as something is overdue.
    const phases = ['get', 'pod', ...pods, '-o', 'jsonpath={.items[*].status.phase}'];
    await eventually('the agent', 120, async () => (await watched.system.kubectl(phases)) === 'Running');
    return before;
  }
});
