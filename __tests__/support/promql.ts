import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { meaningsOf } from '../../tools/reference/metrics';

const AGENT = join(__dirname, '../../lib/backups/program/matrix_backups/metrics.py');
const SCRAPES = join(__dirname, '../monitoring/scrapes');

/** Suffixes of the series of a family, by its type. */
const SUFFIXES: { [type: string]: string[] } = {
  histogram: ['_bucket', '_sum', '_count'],
  gaugehistogram: ['_bucket', '_gsum', '_gcount'],
  summary: ['', '_sum', '_count'],
};

/** A selector of series in an expression. */
export interface Selector {
  readonly metric: string;
  /** Its matchers as they are written, such as `namespace="caritas"`. */
  readonly matchers: string[];
}

/** The selectors of an expression, from its grammar; fails when it is not PromQL. */
export function selectorsIn(expression: string): Selector[] {
  const found: { metric: string; matchers: string[] }[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to, type }) => {
      const text = expression.slice(from, to);
      if (type.isError) {
        throw new Error(`${expression} is not PromQL near '${expression.slice(from - 20, to + 20)}'`);
      }
      if (name === 'VectorSelector') {
        found.push({ metric: text.replace(/\{.*$/s, ''), matchers: [] });
      }
      if (name === 'UnquotedLabelMatcher') {
        found.at(-1)?.matchers.push(text);
      }
    },
  });
  return found;
}

/**
 * The families in the scrapes of a running system that are recorded in `monitoring/scrapes`, as `name type`.
 *
 * @param without parts to leave out, by the names of their files.
 */
export function recordedFamilies(...without: string[]): string[] {
  const files = readdirSync(SCRAPES).filter((file) => !without.includes(file));
  return files.flatMap((file) => readFileSync(join(SCRAPES, file), 'utf8').trim().split('\n'));
}

/** The names of the series of families. */
export function metricsOf(families: string[]): Set<string> {
  const names = families.flatMap((line) => {
    const [family, type] = line.split(' ');
    return (SUFFIXES[type] ?? ['']).map((suffix) => `${family}${suffix}`);
  });
  return new Set(names);
}

/** The names of all series that a system can have: of the recorded scrapes, and of jobs that ran in none of them. */
export function recordedMetrics(): Set<string> {
  const ofAgent = meaningsOf(readFileSync(AGENT, 'utf8')).map(([name]) => `${name} gauge`);
  // Prometheus adds `up` itself, and kube-state-metrics has those of CronJobs and Deployments.
  const others = [
    'up gauge',
    'kube_cronjob_created gauge',
    'kube_cronjob_status_last_successful_time gauge',
    'kube_deployment_status_condition gauge',
    'kube_deployment_status_replicas_available gauge',
  ];
  return metricsOf([...recordedFamilies(), ...ofAgent, ...others]);
}
