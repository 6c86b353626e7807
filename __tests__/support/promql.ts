import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';

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

/** The names of all series in the scrapes of a running system that are recorded in `monitoring/scrapes`. */
export function recordedMetrics(): Set<string> {
  const lines = readdirSync(SCRAPES).flatMap((file) => readFileSync(join(SCRAPES, file), 'utf8').trim().split('\n'));
  const names = lines.flatMap((line) => {
    const [family, type] = line.split(' ');
    return (SUFFIXES[type] ?? ['']).map((suffix) => `${family}${suffix}`);
  });
  // Prometheus adds the first itself.
  return new Set(['up', ...names]);
}
