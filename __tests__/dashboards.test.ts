import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboards } from '../tools/dashboards/dashboards';
import { recordedMetrics, selectorsIn } from './support/promql';

const FOLDER = join(__dirname, '../dashboards');
const ALL = Object.entries(dashboards());
/** What Prometheus itself adds. */
const OWN = ['up', 'ALERTS'];

interface GrafanaPanel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: { readonly x: number; readonly w: number };
  readonly targets?: { readonly expr: string; readonly legendFormat: string }[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly options?: { readonly legend?: { readonly showLegend: boolean } };
}

const panelsOf = (text: string): GrafanaPanel[] =>
  JSON.parse(text).panels.filter(({ type }: GrafanaPanel) => type !== 'row');

// `npm run docs` writes what these expect.
it.each(ALL)('generates dashboards/%s.json from the panels of the parts', (name, text) => {
  if (process.env.UPDATE_README) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(join(FOLDER, `${name}.json`), text);
  }
  expect(readFileSync(join(FOLDER, `${name}.json`), 'utf8')).toBe(text);
});

it('has no dashboard that is not generated', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(ALL.map(([name]) => `${name}.json`).sort());
});

describe.each(ALL)('%s', (_, text) => {
  it('asks only for metrics that a running system has, of the chosen namespace', () => {
    const known = new Set([...recordedMetrics(), ...OWN]);
    for (const { targets = [] } of panelsOf(text)) {
      for (const { expr } of targets) {
        const selectors = selectorsIn(expr.replaceAll('$__rate_interval', '5m'));
        expect(selectors.filter(({ metric }) => !known.has(metric))).toEqual([]);
        expect(selectors.filter(({ matchers }) => !matchers.includes('namespace="$namespace"'))).toEqual([]);
      }
    }
  });

  it('explains each panel, with a unit, a name for each series, and a legend', () => {
    for (const { type, title, description, targets = [], fieldConfig, options } of panelsOf(text)) {
      expect([title, description]).toEqual([title, expect.stringMatching(/^[0-9A-Z/-].*\.$/)]);
      expect(fieldConfig?.defaults.unit).toBeTruthy();
      expect(targets.filter(({ legendFormat }) => !legendFormat)).toEqual([]);
      expect(type !== 'timeseries' || options?.legend?.showLegend).toBe(true);
    }
  });

  it('places each panel within the 24 columns of the page', () => {
    const outside = panelsOf(text).filter(({ gridPos }) => gridPos.x + gridPos.w > 24);
    expect(outside.map(({ title }) => title)).toEqual([]);
  });

  it('can be loaded from a ConfigMap: it chooses its data source by a variable, and has no inputs', () => {
    const { __inputs, templating } = JSON.parse(text);
    expect(__inputs).toBeUndefined();
    expect(templating.list.map(({ type, name }: { type: string; name: string }) => [type, name])).toEqual([
      ['datasource', 'datasource'],
      ['query', 'namespace'],
    ]);
  });
});
