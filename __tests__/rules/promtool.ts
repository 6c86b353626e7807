import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import type { Rule } from '../../lib/monitoring/rules/rule-groups';
import { BUILD, existing, outputOf } from '../combinations/tools';
import type { Case, Series } from './cases';

const VERSION = 'v0.316.0';
const run = promisify(execFile);

/** Path of promtool; the first call builds it. */
export async function promtool(): Promise<string> {
  const folder = `${BUILD}/tools/promtool-${VERSION}`;
  return existing(`${folder}/promtool`, async () => {
    const module = `github.com/prometheus/prometheus/cmd/promtool@${VERSION}`;
    const environment = [`GOBIN=${folder}`, 'CGO_ENABLED=0'];
    await outputOf('env', [...environment, 'go', 'install', '-tags', 'remove_all_sd', module]);
  });
}

/** What promtool has against a rule, or against what the case expects of it; empty when nothing. */
export async function complaints(rules: Rule[], app: string, { alert, minutes, fires, silent }: Case): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-rules-'));
  const tests = [
    ...fires.map((series) => testOf(app, alert, minutes, series, 1)),
    ...silent.map((series) => testOf(app, alert, minutes, series, 0)),
  ];
  try {
    writeFileSync(join(folder, 'rules.yaml'), stringify({ groups: [{ name: alert, rules }] }));
    writeFileSync(join(folder, 'tests.yaml'), stringify({ rule_files: ['rules.yaml'], tests }));
    const program = await promtool();
    await run(program, ['check', 'rules', join(folder, 'rules.yaml')]);
    await run(program, ['test', 'rules', join(folder, 'tests.yaml')], { maxBuffer: 2 ** 28 });
    return '';
  } catch (problem) {
    const { stdout = '', stderr = '' } = problem as { stdout?: string; stderr?: string };
    return `${stdout}${stderr}` || String(problem);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function testOf(app: string, alert: string, minutes: number, series: Series, value: number): object {
  const expectation = `${value ? 'fires' : 'is silent'} after ${minutes} min with ${JSON.stringify(series)}`;
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([one, values]) => ({ series: labelled(one, app), values })),
    promql_expr_test: [
      {
        // promtool prints the expression of a test that fails, with the comment.
        expr: `max((ALERTS{alertname="${alert}",alertstate="firing"} >= 1) or vector(0)) # ${expectation}`,
        eval_time: `${minutes}m`,
        exp_samples: [{ labels: '{}', value }],
      },
    ],
  };
}

/** A series with the labels that the collector adds. */
function labelled(series: string, app: string): string {
  const [, metric, labels = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(series) ?? [];
  const target = /\b(job|app)=/.test(labels) ? '' : `app="${app}"`;
  return `${metric}{${['namespace="caritas"', target, labels].filter(Boolean).join(',')}}`;
}
