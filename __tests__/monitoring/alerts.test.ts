import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyAlert } from '../support/alerts';
import { recordedMetrics, selectorsIn } from '../support/promql';

const RUNBOOKS = join(__dirname, '../../docs/runbooks');
const ALERTS = everyAlert();
const RECORDED = recordedMetrics();

describe.each(ALERTS.map((rule) => [rule.alert, rule] as const))('%s', (name, { expr, labels, annotations }) => {
  it('asks only for metrics that a running system has', () => {
    expect(selectorsIn(expr).map(({ metric }) => metric)).not.toEqual([]);
    expect(selectorsIn(expr).filter(({ metric }) => !RECORDED.has(metric))).toEqual([]);
  });

  it('reads only series of its own system', () => {
    const foreign = selectorsIn(expr).filter(({ matchers }) => !matchers.includes('namespace="caritas"'));
    expect(foreign).toEqual([]);
    for (const { matchers } of selectorsIn(expr)) {
      expect(
        matchers.filter((one) => /^(app=~?"|job="|cronjob=~"|deployment=")(matrix-|livekit\b)/.test(one)),
      ).toHaveLength(1);
    }
  });

  it('says what it means in words that need no knowledge of Synapse', () => {
    expect(name).toMatch(/^Matrix([A-Z][a-z]+)+$/);
    expect(labels.severity).toMatch(/^(critical|warning)$/);
    expect(annotations.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(annotations.description).toMatch(/^[A-Z].*\.$/);
  });

  it('has a runbook of its name', () => {
    expect(annotations.runbook_url).toBe(`docs/runbooks/${name}.md`);
    expect(readFileSync(join(RUNBOOKS, `${name}.md`), 'utf8')).toMatch(new RegExp(`^# ${name}\n`));
  });
});

it('every runbook has an alert', () => {
  const pages = existsSync(RUNBOOKS) ? readdirSync(RUNBOOKS) : [];
  const named = [...new Set(ALERTS.map(({ alert }) => `${alert}.md`)), 'README.md'];
  expect(pages.sort()).toEqual(named.sort());
});

it.each([
  ['a metric that does not exist', 'synapse_db_pool_connections_in_use{a="b"} > 1'],
  ['a label without a metric', '{a="b"}'],
])('would find %s', (_, expression) => {
  expect(selectorsIn(expression).some(({ metric }) => !RECORDED.has(metric))).toBe(true);
});

it('would find an expression that is not PromQL', () => {
  expect(() => selectorsIn('sum(rate(up[5m])')).toThrow('is not PromQL');
});
