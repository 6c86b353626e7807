import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../../lib/monitoring/rules/rule-groups';
import { selectorsIn } from '../../support/promql';

const DASHBOARDS = join(__dirname, '../../../dashboards');

/** A query of a dashboard. */
export interface PanelQuery {
  /** Dashboard and panel. */
  readonly panel: string;
  readonly expression: string;
}

/** Of parts that the watched system does not have. */
const ABSENT = ['call-tokens.json', 'calls.json', 'database.json'];

/** The queries of the dashboards of the watched system, for one namespace. */
export function panelQueries(namespace: string): PanelQuery[] {
  const files = readdirSync(DASHBOARDS).filter((file) => !ABSENT.includes(file));
  return files.flatMap((file) => {
    const { panels } = JSON.parse(readFileSync(join(DASHBOARDS, file), 'utf8'));
    return panels.flatMap(({ title, targets = [] }: { title: string; targets?: { expr: string }[] }) =>
      targets.map(({ expr }) => ({
        panel: `${file.replace('.json', '')}: ${title}`,
        expression: expr.replaceAll('$namespace', namespace).replaceAll('$__rate_interval', '1m'),
      })),
    );
  });
}

/** Every selector in the expressions of the alerts and the dashboards, once. `up` is Prometheus's own. */
export function askedSelectors(rules: Rule[], namespace: string): string[] {
  const expressions = [...rules.map(({ expr }) => expr), ...panelQueries(namespace).map((one) => one.expression)];
  const selectors = expressions.flatMap(selectorsIn).filter(({ metric }) => metric !== 'ALERTS');
  return [...new Set(selectors.map(({ metric, matchers }) => `${metric}{${matchers.join(',')}}`))].sort();
}
