import * as common from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as GraphBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { type Panel, PanelKind } from '../../lib/monitoring/panel';

const DATASOURCE = { type: 'prometheus', uid: '$datasource' };
const GRAPH = { width: 12, height: 8 };
/** Of a number. Those of a row share its width, up to eight of them. */
const NUMBER = { height: 4, most: 8 };
const WIDTH = 24;

/** Panels below one heading. */
export interface Row {
  readonly title: string;
  readonly panels: Panel[];
}

/** A dashboard for Grafana as text. It has no inputs, so that it can be loaded without a question. */
export function dashboard(name: string, title: string, rows: Row[]): string {
  const builder = new DashboardBuilder(title)
    .uid(`matrix-${name}`)
    .tags(['matrix'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(
      new QueryVariableBuilder('namespace')
        .label('Namespace')
        .datasource(DATASOURCE)
        .query('label_values(up{app=~".*matrix-edge"}, namespace)')
        .refresh(VariableRefresh.OnTimeRangeChanged),
    );
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title));
    const numbers = row.panels.filter(({ kind }) => kind === PanelKind.NUMBER).length;
    const width = Math.floor(WIDTH / Math.min(Math.max(numbers, 1), NUMBER.most));
    for (const panel of row.panels) {
      builder.withPanel(panelBuilder(panel, width));
    }
  }
  return `${JSON.stringify(builder.build(), null, 1)}\n`;
}

/** @param width that of a number. */
function panelBuilder(panel: Panel, width: number): GraphBuilder | StatBuilder | TableBuilder {
  switch (panel.kind) {
    case PanelKind.NUMBER:
      return described(new StatBuilder(), panel)
        .span(width)
        .height(NUMBER.height)
        .colorMode(common.BigValueColorMode.Background)
        .graphMode(common.BigValueGraphMode.None);
    case PanelKind.TABLE:
      return described(new TableBuilder(), panel)
        .span(WIDTH)
        .height(8)
        .sortBy([new common.TableSortByFieldStateBuilder().displayName('severity')]);
    default:
      return graph(panel);
  }
}

function graph(panel: Panel): GraphBuilder {
  const { Off, Dashed, DashedAndArea } = common.GraphThresholdsStyleMode;
  // The line has the colour of what is above it, so what is below a limit is red as an area.
  const mode = panel.below === undefined ? Dashed : DashedAndArea;
  const style = new common.GraphThresholdsStyleConfigBuilder().mode(limitOf(panel) === undefined ? Off : mode);
  const builder = described(new GraphBuilder(), panel);
  if (panel.above !== undefined) {
    // Without it, the smallest change would fill the graph.
    builder.axisSoftMax(panel.above);
  }
  return builder
    .span(GRAPH.width)
    .height(GRAPH.height)
    .fillOpacity(10)
    .axisSoftMin(0)
    .thresholdsStyle(style)
    .tooltip(new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi))
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(common.LegendDisplayMode.List)
        .placement(common.LegendPlacement.Bottom),
    );
}

/** What every kind of panel has. */
function described<Builder extends GraphBuilder | StatBuilder | TableBuilder>(builder: Builder, panel: Panel): Builder {
  const { title, description, unit, queries, kind } = panel;
  builder.title(title).description(description).unit(unit).datasource(DATASOURCE).thresholds(thresholds(panel));
  queries.forEach(({ expression, legend }, index) => {
    const query = new DataqueryBuilder()
      .refId(String.fromCharCode(65 + index))
      .datasource(DATASOURCE)
      .expr(expression)
      .legendFormat(legend);
    builder.withTarget(kind === PanelKind.GRAPH ? query.range() : query.instant());
  });
  return builder;
}

function limitOf({ above, below }: Panel): number | undefined {
  return above ?? below;
}

function thresholds(panel: Panel): ThresholdsConfigBuilder {
  const limit = limitOf(panel);
  // Green would say that a number without a limit is good.
  const good = limit === undefined && panel.kind === PanelKind.NUMBER ? 'blue' : 'green';
  const [first, second] = panel.below === undefined ? [good, 'red'] : ['red', good];
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ value: null, color: first }, ...(limit === undefined ? [] : [{ value: limit, color: second }])]);
}
