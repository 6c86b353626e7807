/** Series by name and labels, with values as promtool writes them: one a minute. */
export interface Series {
  readonly [series: string]: string;
}

/** When an alert fires, and when it stays silent. */
export interface Case {
  readonly alert: string;
  /** Minutes from the beginning at which it is looked at. */
  readonly minutes: number;
  /** Each of these makes it fire. */
  readonly fires: Series[];
  /** None of these does. */
  readonly silent: Series[];
}

/** A duration metric, of which some events are within a limit and all within another. */
export function histogram(metric: string, limit: string, within: number, total = 100): Series {
  return {
    [`${metric}_bucket{le="${limit}"}`]: `0+${within}x1000`,
    [`${metric}_bucket{le="60.0"}`]: `0+${total}x1000`,
    [`${metric}_bucket{le="+Inf"}`]: `0+${total}x1000`,
  };
}
