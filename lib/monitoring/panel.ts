/** How a panel shows its queries. */
export enum PanelKind {
  /** Lines over time. */
  GRAPH = 'graph',
  /** The newest value, large. */
  NUMBER = 'number',
  /** One row for each series. */
  TABLE = 'table',
}

/** A query of a panel. `$namespace` stands for the namespace of the system. */
export interface PanelQuery {
  /** PromQL expression. */
  readonly expression: string;
  /** Name of the series, such as `{{proxy}}`. */
  readonly legend: string;
}

/** A panel of a dashboard. */
export interface Panel {
  readonly title: string;
  /** What the values mean, for a person who sees them for the first time. */
  readonly description: string;
  readonly kind: PanelKind;
  /** Unit by Grafana's name, such as `s`, `percentunit` or `bytes`. */
  readonly unit: string;
  readonly queries: PanelQuery[];
  /** Value above which it is red: the threshold of the alert. @default - none */
  readonly above?: number;
  /** Value below which it is red. @default - none */
  readonly below?: number;
}

/** Matchers of the series of a workload on a dashboard, whatever the prefix of the system. */
export function seriesOnDashboard(app: string): string {
  return `namespace="$namespace",app=~".*${app}"`;
}

/** Leaves out what is not a number: a ratio of nothing to nothing hides its whole graph. */
export function drawn(expression: string): string {
  return `${expression} >= 0`;
}
