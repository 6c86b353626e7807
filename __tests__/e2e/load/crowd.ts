import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quantile } from '../../../tools/bench/statistics';
import { type CpuSample, costs, cpuSamples, type RoleCost } from '../../../tools/load/usage';
import { kubectl } from '../support/kubectl';
import type { Person } from './gathering';

const PROGRAM = readFileSync(join(__dirname, 'people.py'), 'utf8');
/** Seconds until caches are warm. */
const WARM = 5;

/** What people do. */
export interface Work {
  readonly seconds: number;
  /** How many send messages. @default 0 */
  readonly senders?: number;
  /** Messages a second of all. @default - as many as are answered */
  readonly rate?: number;
  /** Whether they do not wait in long polls. @default false */
  readonly deaf?: boolean;
  /** Milliseconds of a long poll. @default 30000 */
  readonly patience?: number;
  /** How many log in again and again. @default 0 */
  readonly singers?: number;
  /** How many sync as after a login, again and again. @default 0 */
  readonly newcomers?: number;
}

/** What was measured. */
export interface Measured {
  /** How many ended in a second. */
  rate(kind: string): number;
  /** Milliseconds below which a share of them took. */
  took(kind: string, share: number): number;
  /** Bytes of an answer, on average. */
  size(kind: string): number;
  /** CPU of each role, and for each that ended. */
  costs(kind: string): RoleCost[];
}

interface Line {
  readonly kind: string;
  readonly ended: number;
  readonly took: number;
  readonly size: number;
  readonly problem?: string;
}

/** People of a system, who act from its pod `client`. */
export class Crowd {
  constructor(
    private readonly namespace: string,
    private readonly url: string,
    private readonly people: Person[],
  ) {}

  /** Has them work, and measures once all are at it. */
  public async measure(work: Work): Promise<Measured> {
    const args = ['exec', '-i', '-n', this.namespace, 'client', '--', 'python3', '-c', PROGRAM];
    const child = spawn('kubectl', args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (bytes) => {
      text += bytes;
    });
    const given = { senders: 0, rate: 0, deaf: false, patience: 30_000, singers: 0, newcomers: 0, ...work };
    const seconds = WARM + work.seconds;
    child.stdin.end(`${JSON.stringify({ url: this.url, people: this.people, ...given, seconds })}\n`);
    const ended = new Promise((done) => child.on('close', done));
    const samples = new Map<string, CpuSample>();
    let running = true;
    ended.then(() => {
      running = false;
    });
    while (running) {
      for (const sample of await this.samples()) {
        if (running) {
          samples.set(`${sample.name} ${sample.at}`, sample);
        }
      }
      await Promise.race([ended, sleep(4)]);
    }
    const lines: Line[] = text
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const problems = lines.flatMap(({ problem }) => problem ?? []);
    if (problems.length) {
      throw new Error(`${this.namespace}: ${problems.length} failed: ${problems[0]}`);
    }
    const begun = lines.find(({ kind }) => kind === 'begun');
    if (!begun) {
      throw new Error(`${this.namespace}: the first syncs did not end`);
    }
    const from = begun.ended + WARM;
    const measured = [...samples.values()].filter(({ at }) => at >= from);
    const names = measured.map(({ name }) => name);
    const once = names.filter((name) => names.indexOf(name) === names.lastIndexOf(name));
    if (names.length === 0 || once.length > 0) {
      throw new Error(
        `${this.namespace}: the kubelets gave fewer than two CPU samples within ${work.seconds} s (once: ${once}): measure for longer`,
      );
    }
    const counted = lines.filter((line) => line.ended >= from);
    const of = (kind: string) => counted.filter((line) => line.kind === kind);
    return {
      rate: (kind) => of(kind).length / work.seconds,
      took: (kind, share) =>
        quantile(
          of(kind).map(({ took }) => took * 1000),
          share,
        ),
      size: (kind) => of(kind).reduce((sum, { size }) => sum + size, 0) / of(kind).length,
      costs: (kind) =>
        costs(
          measured,
          of(kind).map((line) => line.ended),
        ),
    };
  }

  /** What each container has used, as the kubelets of its nodes measured it last. */
  private async samples(): Promise<CpuSample[]> {
    const pods = ['get', 'pods', '-n', this.namespace, '-o', 'jsonpath={.items[*].spec.nodeName}'];
    const nodes = new Set((await kubectl(pods)).split(' ').filter(Boolean));
    const texts = [...nodes].map((node) => kubectl(['get', '--raw', `/api/v1/nodes/${node}/proxy/metrics/resource`]));
    return (await Promise.all(texts))
      .flatMap((text) => cpuSamples(text, this.namespace))
      .filter(({ name }) => !name.startsWith('client/'));
  }
}

const sleep = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));
